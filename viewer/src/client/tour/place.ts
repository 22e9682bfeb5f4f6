// Where the card of a step stands: beside what it is about, else over its foot, always whole on the page. Pure; CSS pixels.

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

const WIDTH = 380;
const GAP = 12;

export function cardPlace(
  about: Box,
  page: { readonly width: number; readonly height: number },
  height: number,
): { left: number; top: number; width: number } {
  const width = Math.min(WIDTH, page.width - 2 * GAP);
  const bottom = about.top + about.height;
  const below = bottom + GAP;
  const above = about.top - GAP - height;
  const left = clamp(about.left + GAP, GAP, page.width - width - GAP);
  if (below + height + GAP <= page.height) return { left, top: below, width };
  if (above >= GAP) return { left, top: above, width };
  const foot = Math.min(bottom, page.height) - height - GAP;
  return { left, top: clamp(foot, GAP, page.height - height - GAP), width };
}

const clamp = (value: number, least: number, most: number): number => Math.max(least, Math.min(value, most));
