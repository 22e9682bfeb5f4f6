// The current path of a context, written as the data of an SVG path. Coordinates are in the units of the file.
import { num } from './markup.js';

export class SvgPath {
  #data: string[] = [];
  #open = false;

  get data(): string {
    return this.#data.join('');
  }

  moveTo(x: number, y: number): void {
    this.#data.push(`M${num(x)} ${num(y)}`);
    this.#open = true;
  }

  lineTo(x: number, y: number): void {
    if (this.#open) this.#data.push(`L${num(x)} ${num(y)}`);
    else this.moveTo(x, y);
  }

  curveTo(...[ax, ay, bx, by, x, y]: readonly [number, number, number, number, number, number]): void {
    if (!this.#open) this.moveTo(ax, ay);
    this.#data.push(`C${num(ax)} ${num(ay)} ${num(bx)} ${num(by)} ${num(x)} ${num(y)}`);
  }

  close(): void {
    if (this.#open) this.#data.push('Z');
  }

  /** A part of a circle, by the rules of CanvasPath.arc: a whole turn or more is a whole circle. */
  arc(x: number, y: number, rx: number, ry: number, start: number, end: number, backward: boolean): void {
    const turn = 2 * Math.PI;
    let sweep = backward ? start - end : end - start;
    const whole = sweep >= turn;
    sweep = whole ? turn : ((sweep % turn) + turn) % turn;
    const at = (angle: number): [number, number] => [x + rx * Math.cos(angle), y + ry * Math.sin(angle)];
    const step = (backward ? -1 : 1) * (whole ? Math.PI : sweep);
    this.lineTo(...at(start));
    for (let i = 1; i <= (whole ? 2 : 1); i++) {
      const [toX, toY] = at(start + i * step);
      const large = !whole && sweep > Math.PI ? 1 : 0;
      this.#data.push(`A${num(rx)} ${num(ry)} 0 ${large} ${backward ? 0 : 1} ${num(toX)} ${num(toY)}`);
    }
  }

  rect(x: number, y: number, width: number, height: number): void {
    this.#data.push(`M${num(x)} ${num(y)}h${num(width)}v${num(height)}h${num(-width)}Z`);
    this.#open = true;
  }

  roundRect(x: number, y: number, width: number, height: number, rx: number, ry: number): void {
    const corner = (toX: number, toY: number): string => `A${num(rx)} ${num(ry)} 0 0 1 ${num(toX)} ${num(toY)}`;
    this.#data.push(
      `M${num(x + rx)} ${num(y)}H${num(x + width - rx)}${corner(x + width, y + ry)}V${num(y + height - ry)}`,
      `${corner(x + width - rx, y + height)}H${num(x + rx)}${corner(x, y + height - ry)}V${num(y + ry)}${corner(x + rx, y)}Z`,
    );
    this.#open = true;
  }
}
