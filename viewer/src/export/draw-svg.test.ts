// What stands in the SVG, and that it is the picture that the PNG is.
import { createCanvas, loadImage } from '@napi-rs/canvas';
import { buildModel } from '@tidemark/shared/chart/build-model.js';
import { drawn, MiB, phase } from '@tidemark/shared/chart/fixtures.js';
import { wholeTimeAxis } from '@tidemark/shared/chart/time-axis.js';
import { expect, test } from 'vitest';
import { LIGHT } from '../chart/palette.js';
import { drawPng } from './draw-png.js';
import { drawSvg } from './draw-svg.js';

const SIZE = { width: 900, height: 540, theme: LIGHT };

function model(title = 'a <run> & "more"') {
  const values = Array.from({ length: 200 }, (_, i) => (i === 90 ? null : (50 + i + (i === 120 ? 200 : 0)) * MiB));
  const shown = drawn({
    values: { job_rss_bytes: values, machine_used_bytes: values.map((v) => (v === null ? null : 2 * v)) },
    phases: [phase('climb', 0, 110, 110 * MiB), phase('plateau', 110, 199, 0)],
  });
  const time = wholeTimeAxis([shown.recording], 'wall', 'UTC');
  return buildModel({ recordings: [shown], logs: [], view: { time, title } });
}

test('is well-formed, with the title as text and the lines as paths', () => {
  const svg = drawSvg(model(), SIZE);
  expect(svg).toContain('<title>a &lt;run&gt; &amp; &quot;more&quot;</title>');
  expect(svg).not.toMatch(/NaN|undefined|\[object/);
  // Lines are paths of many points in the colour of the first series.
  expect(svg).toMatch(new RegExp(`<path d="M[^"]{800,}" fill="none" stroke="${LIGHT.lines[0]}`));
});

test('shows what the PNG shows', async () => {
  const svg = drawSvg(model('one'), SIZE);
  const png = await drawPng(model('one'), { ...SIZE, scale: 1 });
  const pixels = async (bytes: Buffer) => {
    const canvas = createCanvas(SIZE.width, SIZE.height);
    const ctx = canvas.getContext('2d');
    ctx.drawImage(await loadImage(bytes), 0, 0, SIZE.width, SIZE.height);
    return ctx.getImageData(0, 0, SIZE.width, SIZE.height).data;
  };
  const [one, two] = [await pixels(Buffer.from(svg)), await pixels(png)];
  let far = 0;
  for (let i = 0; i < one.length; i += 4) {
    const apart = Math.hypot(one[i]! - two[i]!, one[i + 1]! - two[i + 1]!, one[i + 2]! - two[i + 2]!);
    if (apart > 100) far++;
  }
  expect(far / (one.length / 4)).toBeLessThan(0.01);
});
