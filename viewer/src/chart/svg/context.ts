// A canvas context that writes SVG: the calls that the drawing code and Chart.js make, and no others. With it the vector file is drawn by the
// very code that draws the page and the PNG. Text is measured by a real context, so everything has the place that it has there.
import type { DrawingContext } from '../scene.js';
import { escaped, num, paint } from './markup.js';
import { SvgPath } from './path.js';
import { INITIAL_STATE, SvgGradient, type SvgState } from './state.js';

export class SvgContext {
  // Each is a look into the state; see the static block at the end.
  declare fillStyle: SvgState['fillStyle'];
  declare strokeStyle: SvgState['strokeStyle'];
  declare lineWidth: number;
  declare lineCap: SvgState['lineCap'];
  declare lineJoin: SvgState['lineJoin'];
  declare lineDashOffset: number;
  declare globalAlpha: number;
  declare font: string;
  declare textAlign: CanvasTextAlign;
  declare textBaseline: CanvasTextBaseline;

  /** Chart.js looks at the canvas for its size. */
  canvas: unknown = null;
  #state: SvgState = { ...INITIAL_STATE };
  #saved: SvgState[] = [];
  #path = new SvgPath();
  #defs: string[] = [];
  #body: string[] = [];
  #gradients = new Map<SvgGradient, string>();

  /** `measure` is a context of any canvas with the same fonts. */
  constructor(readonly measure: DrawingContext) {}

  /** The file. */
  svg(width: number, height: number, title: string): string {
    return `<svg xmlns="http://www.w3.org/2000/svg" width="${num(width)}" height="${num(height)}" viewBox="0 0 ${num(width)} ${num(height)}" role="img">
<title>${escaped(title)}</title>
<defs>${this.#defs.join('\n')}</defs>
${this.#body.join('\n')}
</svg>
`;
  }

  save(): void {
    this.#saved.push({ ...this.#state });
  }

  restore(): void {
    this.#state = this.#saved.pop() ?? this.#state;
  }

  setTransform(scaleX: number, _b: number, _c: number, scaleY: number, moveX: number, moveY: number): void {
    Object.assign(this.#state, { scaleX, scaleY, moveX, moveY });
  }

  resetTransform(): void {
    this.setTransform(1, 0, 0, 1, 0, 0);
  }

  scale(x: number, y: number): void {
    this.#state.scaleX *= x;
    this.#state.scaleY *= y;
  }

  translate(x: number, y: number): void {
    this.#state.moveX += x * this.#state.scaleX;
    this.#state.moveY += y * this.#state.scaleY;
  }

  setLineDash(dash: readonly number[]): void {
    this.#state.dash = dash.length % 2 === 1 ? [...dash, ...dash] : [...dash];
  }

  getLineDash(): number[] {
    return [...this.#state.dash];
  }

  beginPath(): void {
    this.#path = new SvgPath();
  }

  moveTo(x: number, y: number): void {
    this.#path.moveTo(this.#x(x), this.#y(y));
  }

  lineTo(x: number, y: number): void {
    this.#path.lineTo(this.#x(x), this.#y(y));
  }

  bezierCurveTo(ax: number, ay: number, bx: number, by: number, x: number, y: number): void {
    this.#path.curveTo(this.#x(ax), this.#y(ay), this.#x(bx), this.#y(by), this.#x(x), this.#y(y));
  }

  arc(x: number, y: number, radius: number, start: number, end: number, backward = false): void {
    const { scaleX, scaleY } = this.#state;
    this.#path.arc(this.#x(x), this.#y(y), radius * scaleX, radius * scaleY, start, end, backward);
  }

  rect(x: number, y: number, width: number, height: number): void {
    const { scaleX, scaleY } = this.#state;
    this.#path.rect(this.#x(x), this.#y(y), width * scaleX, height * scaleY);
  }

  roundRect(x: number, y: number, width: number, height: number, radius: number): void {
    const { scaleX, scaleY } = this.#state;
    this.#path.roundRect(
      this.#x(x),
      this.#y(y),
      width * scaleX,
      height * scaleY,
      Math.max(0, Math.min(radius, width / 2, height / 2)) * scaleX,
      Math.max(0, Math.min(radius, width / 2, height / 2)) * scaleY,
    );
  }

  closePath(): void {
    this.#path.close();
  }

  fill(): void {
    this.#element(`<path d="${this.#path.data}" ${this.#fill()}`);
  }

  stroke(): void {
    const { lineWidth, lineCap, lineJoin, dash, lineDashOffset, scaleX } = this.#state;
    const dashes =
      dash.length === 0
        ? ''
        : ` stroke-dasharray="${dash.map((part) => num(part * scaleX)).join(' ')}"${lineDashOffset === 0 ? '' : ` stroke-dashoffset="${num(lineDashOffset * scaleX)}"`}`;
    const shape = `${lineCap === 'butt' ? '' : ` stroke-linecap="${lineCap}"`}${lineJoin === 'miter' ? '' : ` stroke-linejoin="${lineJoin}"`}`;
    const width = ` stroke-width="${num(lineWidth * scaleX)}"`;
    this.#element(`<path d="${this.#path.data}" fill="none" ${this.#paint('stroke')}${width}${shape}${dashes}`);
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    const path = this.#path;
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
    this.#path = path;
  }

  /** A file begins empty, and nothing in it is drawn twice. */
  clearRect(): void {}

  clip(): void {
    const id = `c${this.#defs.length}`;
    this.#defs.push(`<clipPath id="${id}"${this.#clip()}><path d="${this.#path.data}"/></clipPath>`);
    this.#state.clipId = id;
  }

  createLinearGradient(x0: number, y0: number, x1: number, y1: number): SvgGradient {
    return new SvgGradient([this.#x(x0), this.#y(y0)], [this.#x(x1), this.#y(y1)]);
  }

  measureText(text: string): TextMetrics {
    this.#tell('alphabetic');
    return this.measure.measureText(text);
  }

  fillText(text: string, x: number, y: number): void {
    if (text.trim() === '') return;
    const { textAlign, textBaseline, font, scaleX, scaleY } = this.#state;
    const { width, actualBoundingBoxAscent: high } = this.measureText(text);
    this.#tell(textBaseline);
    // How far the letters stand above either line tells how far the lines are apart.
    const down = high - this.measure.measureText(text).actualBoundingBoxAscent;
    const anchor = ANCHORS[textAlign] ?? '';
    // Held to the width that was measured, whatever font the reader's program takes.
    const length = ` textLength="${num(width * scaleX)}" lengthAdjust="spacingAndGlyphs"`;
    const style = ` style="font:${escaped(scaledFont(font, scaleY))};white-space:pre"`;
    this.#element(
      `<text x="${num(this.#x(x))}" y="${num(this.#y(y + down))}"${anchor}${length}${style} ${this.#fill()}`,
      `${escaped(text)}</text>`,
    );
  }

  #x(x: number): number {
    return this.#state.moveX + x * this.#state.scaleX;
  }

  #y(y: number): number {
    return this.#state.moveY + y * this.#state.scaleY;
  }

  #tell(baseline: CanvasTextBaseline): void {
    this.measure.font = this.#state.font;
    this.measure.textBaseline = baseline;
  }

  #fill(): string {
    return this.#paint('fill');
  }

  #paint(kind: 'fill' | 'stroke'): string {
    const style = kind === 'fill' ? this.#state.fillStyle : this.#state.strokeStyle;
    const { colour, opacity } =
      style instanceof SvgGradient ? { colour: `url(#${this.#gradient(style)})`, opacity: 1 } : paint(style);
    const seen = opacity * this.#state.globalAlpha;
    return `${kind}="${escaped(colour)}"${seen === 1 ? '' : ` ${kind}-opacity="${num(seen)}"`}`;
  }

  #gradient(gradient: SvgGradient): string {
    const known = this.#gradients.get(gradient);
    if (known !== undefined) return known;
    const id = `g${this.#defs.length}`;
    this.#gradients.set(gradient, id);
    const [[x1, y1], [x2, y2]] = [gradient.from, gradient.to];
    const stops = gradient.stops.map(({ offset, colour: given }) => {
      const { colour, opacity } = paint(given);
      return `<stop offset="${num(offset)}" stop-color="${escaped(colour)}" stop-opacity="${num(opacity)}"/>`;
    });
    const ends = `x1="${num(x1)}" y1="${num(y1)}" x2="${num(x2)}" y2="${num(y2)}"`;
    this.#defs.push(
      `<linearGradient id="${id}" gradientUnits="userSpaceOnUse" ${ends}>${stops.join('')}</linearGradient>`,
    );
    return id;
  }

  #clip(): string {
    return this.#state.clipId === null ? '' : ` clip-path="url(#${this.#state.clipId})"`;
  }

  #element(start: string, inside?: string): void {
    this.#body.push(`${start}${this.#clip()}${inside === undefined ? '/>' : `>${inside}`}`);
  }

  static {
    // The styles are plain fields of a context; here each looks into the state, which `restore` replaces.
    for (const key of Object.keys(INITIAL_STATE) as (keyof SvgState)[]) {
      Object.defineProperty(SvgContext.prototype, key, {
        get(this: SvgContext) {
          return this.#state[key];
        },
        set(this: SvgContext, value: never) {
          this.#state[key] = value;
        },
      });
    }
  }
}

const ANCHORS: Partial<Record<CanvasTextAlign, string>> = {
  center: ' text-anchor="middle"',
  right: ' text-anchor="end"',
  end: ' text-anchor="end"',
};

function scaledFont(font: string, scale: number): string {
  return scale === 1 ? font : font.replace(/([\d.]+)px/, (_, px) => `${num(Number(px) * scale)}px`);
}
