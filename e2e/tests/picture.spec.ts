// The exported pictures, decoded: their size, what is drawn where, and that page and command line draw the same one.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { COMMAND, expect, test } from './page-fixture.js';

interface Picture {
  readonly width: number;
  readonly height: number;
  /** Four bytes a pixel, row by row. */
  readonly pixels: Uint8Array;
}

interface ReportedPhase {
  readonly kind: string;
  readonly start_ms: number;
  readonly end_ms: number;
}

/** Decoded by the browser, in a page of its own: the viewer's policy lets nothing in. */
async function decode(page: Page, png: Buffer): Promise<Picture> {
  const blank = await page.context().newPage();
  const { width, height, base64 } = await blank.evaluate(async (text) => {
    const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
    const image = await createImageBitmap(new Blob([bytes], { type: 'image/png' }));
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext('2d')!;
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let binary = '';
    for (let at = 0; at < data.length; at += 32768) binary += String.fromCharCode(...data.subarray(at, at + 32768));
    return { width: image.width, height: image.height, base64: btoa(binary) };
  }, png.toString('base64'));
  await blank.close();
  return { width, height, pixels: Buffer.from(base64, 'base64') };
}

const at = ({ width, pixels }: Picture, x: number, y: number): readonly number[] => {
  const first = 4 * (y * width + x);
  return [pixels[first]!, pixels[first + 1]!, pixels[first + 2]!];
};

const differ = (one: readonly number[], other: readonly number[]): boolean =>
  one.some((value, i) => Math.abs(value - other[i]!) > 24);

/** The share of pixels in a box that are not the paper. */
function ink(picture: Picture, x0: number, y0: number, x1: number, y1: number): number {
  const paper = at(picture, 2, 2);
  let inked = 0;
  for (let y = y0; y < y1; y++) for (let x = x0; x < x1; x++) if (differ(at(picture, x, y), paper)) inked++;
  return inked / ((x1 - x0) * (y1 - y0));
}

/** Stretches of one colour along a row, as shares of the stretch between the first and the last of them. */
function stretches(picture: Picture, y: number): { colour: readonly number[]; from: number; to: number }[] {
  const paper = at(picture, 2, 2);
  const inked = Array.from({ length: picture.width }, (_, x) => differ(at(picture, x, y), paper));
  const left = inked.indexOf(true);
  const right = inked.lastIndexOf(true);
  const found: { colour: readonly number[]; from: number; to: number }[] = [];
  for (let x = left; x <= right; x++) {
    const colour = at(picture, x, y);
    const last = found.at(-1);
    const to = (x + 1 - left) / (right + 1 - left);
    if (last !== undefined && !differ(colour, last.colour)) last.to = to;
    else found.push({ colour, from: (x - left) / (right + 1 - left), to });
  }
  // Where two colours meet, a pixel or two are neither.
  return found.filter(({ from, to }) => (to - from) * picture.width > 4);
}

/** The row in the upper third that has the strongest colours all along: the line above the phases, coloured by their kinds. */
function rowOfPhases(picture: Picture): number {
  const strength = (y: number): number =>
    stretches(picture, y).reduce(
      (sum, { colour, from, to }) => sum + (to - from) * (Math.max(...colour) - Math.min(...colour)),
      0,
    );
  const rows = Array.from({ length: Math.floor(picture.height / 3) }, (_, y) => y);
  const wide = rows.filter((y) => ink(picture, 0, y, picture.width, y + 1) > 0.8);
  return wide.reduce((best, y) => (strength(y) > strength(best) ? y : best), wide[0] ?? 0);
}

test('page and command line draw the same picture, with its title and its phases in place', async ({
  graph,
  page,
  copy,
  folder,
}) => {
  await expect(graph).toBeVisible();
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('button', { name: 'Save PNG' }).click();
  const fromPage = await decode(page, readFileSync(await (await download).path()));

  const tidemark = (...args: string[]): string =>
    execFileSync(process.execPath, [COMMAND, ...args], { encoding: 'utf8' });
  const file = join(folder, 'picture.png');
  tidemark('export', copy, '-q', '-o', file, '--width', '1600', '--height', '900', '--scale', '2');
  const fromCommand = await decode(page, readFileSync(file));

  for (const picture of [fromPage, fromCommand]) {
    expect([picture.width, picture.height]).toEqual([3200, 1800]);
    // The title stands at the top left, and nothing at the top right corner beside it.
    expect(ink(picture, 40, 40, 500, 110)).toBeGreaterThan(0.03);
    expect(ink(picture, 2600, 10, 3190, 60)).toBe(0);
  }

  let other = 0;
  for (let i = 0; i < fromPage.pixels.length; i += 4) {
    const pixel = (p: Picture): number[] => [p.pixels[i]!, p.pixels[i + 1]!, p.pixels[i + 2]!];
    if (differ(pixel(fromPage), pixel(fromCommand))) other++;
  }
  // Letters and slanted lines have their edges smoothed by two different libraries.
  expect(other / (3200 * 1800)).toBeLessThan(0.02);

  const { phases } = JSON.parse(tidemark('report', copy, '--json')) as { phases: ReportedPhase[] };
  const start = phases[0]!.start_ms;
  const end = phases.at(-1)!.end_ms;
  // Two climbs beside each other are drawn as one stretch.
  const climbs: { from: number; to: number }[] = [];
  for (const [i, { kind, start_ms, end_ms }] of phases.entries()) {
    if (kind !== 'climb') continue;
    const to = (end_ms - start) / (end - start);
    if (phases[i - 1]?.kind === 'climb') climbs.at(-1)!.to = to;
    else climbs.push({ from: (start_ms - start) / (end - start), to });
  }
  const longest = <T extends { from: number; to: number }>(list: readonly T[]): T | undefined =>
    [...list].sort((one, other) => other.to - other.from - (one.to - one.from))[0];
  const climb = longest(climbs);
  expect(climb).toBeDefined();
  const drawn = stretches(fromCommand, rowOfPhases(fromCommand));
  // Orange as no other kind is: much red, less green, little blue.
  const amber = longest(drawn.filter(({ colour: [r = 0, g = 0, b = 0] }) => r > 150 && g > 100 && b < 90));
  expect(amber, JSON.stringify(drawn)).toBeDefined();
  expect(Math.abs(amber!.from - climb!.from), JSON.stringify({ drawn, phases })).toBeLessThan(0.03);
  expect(Math.abs(amber!.to - climb!.to), JSON.stringify({ drawn, phases })).toBeLessThan(0.03);
});
