// The page in Chromium: how long until the graph is painted, script per frame while panning and zooming with phases and 100,000
// log entries in view, and the page's heap. Beside it uPlot, with the same four lines and nothing else.
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { scriptPerFrame } from './frames.mjs';
import { START } from './make-csv.mjs';

const require = createRequire(import.meta.url);
const { chromium } = createRequire(new URL('../../e2e/package.json', import.meta.url))('playwright');
const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';
const SIZE = { width: 1280, height: 900 };
const STEPS = 120;

export const openBrowser = () =>
  chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS.split(' ') });

/** `entries` log entries, evenly over the recording with bursts, of four levels. */
export function makeEntries(path, entries, rows) {
  const lines = [];
  for (let i = 0; i < entries; i++) {
    const at = new Date(START + Math.floor((i / entries) * rows * 100)).toISOString();
    const level = i % 997 === 0 ? 'ERROR' : i % 101 === 0 ? 'WARN' : i % 3 === 0 ? 'DEBUG' : 'INFO';
    lines.push(`${at} ${level} step ${i} done\n`);
  }
  writeFileSync(path, lines.join(''));
}

/** Milliseconds from the request of the page to the graph drawn from samples, with the page still open. */
export async function openPage(browser, url) {
  const page = await browser.newPage({ viewport: SIZE });
  const started = performance.now();
  await page.goto(url);
  await page.locator('#memory-graph[aria-busy="false"]').waitFor({ timeout: 120_000 });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  return { page, tookMs: performance.now() - started };
}

/** Wheel zoom in and out and panning, a step a frame. */
export async function gestures(page, selector) {
  await page.evaluate(
    async ([where, steps]) => {
      const box = document.querySelector(where);
      const { left, top, width, height } = box.getBoundingClientRect();
      const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
      for (let i = 0; i < steps; i++) {
        await frame();
        const shiftKey = i % 40 >= 20;
        const deltaY = shiftKey ? (i % 4 < 2 ? 40 : -40) : i % 40 < 10 ? -60 : 60;
        const at = { clientX: left + width * 0.6, clientY: top + height / 2, bubbles: true, cancelable: true };
        box.dispatchEvent(new WheelEvent('wheel', { ...at, deltaY, shiftKey }));
      }
      await frame();
      await frame();
    },
    [selector, STEPS],
  );
}

export async function heapMiB(page) {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('HeapProfiler.collectGarbage');
  const { usedSize } = await cdp.send('Runtime.getHeapUsage');
  await cdp.detach();
  return usedSize / 2 ** 20;
}

export const panAndZoom = (page, selector) => scriptPerFrame(page, () => gestures(page, selector));

/** A page with uPlot alone: four lines of as many points as the viewer draws, wheel and shift-wheel as there. */
export async function openPeer(browser, points) {
  const script = readFileSync(require.resolve('uplot/dist/uPlot.iife.min.js'));
  const html = `<!doctype html><style>body{margin:0}.uplot canvas{position:absolute}.u-wrap{position:relative}</style><div id="box"></div><script src="/uplot.js"></script><script>
const n = ${points}, xs = Array.from({ length: n }, (_, i) => i);
const series = [0, 1, 2, 3].map((k) => xs.map((i) => 1e9 * (1 + k + Math.sin(i / 50) * ((i * 2654435761) % 97) / 97)));
const u = new uPlot({ width: 1200, height: 500, scales: { x: { time: false } }, cursor: { show: false }, legend: { show: false },
  series: [{}, ...['#0072b2', '#d55e00', '#009e73', '#cc79a7'].map((stroke) => ({ stroke, width: 1.5 }))] }, [xs, ...series], document.getElementById('box'));
let from = 0, to = n - 1;
document.getElementById('box').addEventListener('wheel', (event) => {
  event.preventDefault();
  const width = to - from;
  if (event.shiftKey) { const by = event.deltaY * width / 1200; from += by; to += by; }
  else { const f = Math.exp(event.deltaY * 0.002), at = from + width * 0.6; from = at - (at - from) * f; to = at + (to - at) * f; }
  from = Math.max(0, from); to = Math.min(n - 1, to);
  u.setScale('x', { min: from, max: to });
}, { passive: false });
</script>`;
  const server = createServer((request, response) => {
    response.setHeader('content-type', request.url === '/uplot.js' ? 'text/javascript' : 'text/html');
    response.end(request.url === '/uplot.js' ? script : html);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const page = await browser.newPage({ viewport: SIZE });
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  await page.locator('canvas').first().waitFor();
  return { page, close: () => server.close() };
}
