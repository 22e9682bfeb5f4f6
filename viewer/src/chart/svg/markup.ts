// Numbers, colours and text as they may stand in an SVG file.

/** Hundredths of a pixel are enough for any printer, and half the size of the file. */
export function num(value: number): string {
  return String(Math.round(value * 100) / 100);
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text in an element or a quoted attribute. What XML forbids (control codes, halves of surrogate pairs) becomes a replacement character. */
export function escaped(text: string): string {
  return text
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
    .replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
}

/** Colour and opacity apart, which every program reads: "#0072b280" and "rgba(0, 114, 178, .5)" are younger than SVG. */
export function paint(colour: string): { readonly colour: string; readonly opacity: number } {
  const hex = /^#(?<rgb>[0-9a-f]{6})(?<alpha>[0-9a-f]{2})$/i.exec(colour)?.groups;
  if (hex !== undefined) return { colour: `#${hex.rgb}`, opacity: Number.parseInt(hex.alpha as string, 16) / 255 };
  const rgba = /^rgba?\(\s*(\d+)[\s,]+(\d+)[\s,]+(\d+)(?:[\s,/]+([\d.]+)(%?))?\s*\)$/i.exec(colour);
  if (rgba === null) return { colour, opacity: colour === 'transparent' ? 0 : 1 };
  const [, r, g, b, alpha = '1', percent] = rgba;
  return { colour: `rgb(${r}, ${g}, ${b})`, opacity: Number(alpha) / (percent === '%' ? 100 : 1) };
}
