// Script per frame of a page, from Chromium's own trace: all that runs on its main thread between one animation frame and the
// next, painting left out. Counted in CPU time of that thread: what a neighbour on the machine takes is nobody's script.

const SCRIPT = new Set([
  'FunctionCall',
  'FireAnimationFrame',
  'EventDispatch',
  'RunMicrotasks',
  'EvaluateScript',
  'MinorGC',
  'MajorGC',
]);

/** Milliseconds of script in each frame in which there was any, ascending, while `work` runs. */
export async function scriptPerFrame(page, work) {
  const cdp = await page.context().newCDPSession(page);
  const events = [];
  cdp.on('Tracing.dataCollected', ({ value }) => events.push(...value));
  await cdp.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: [
        'devtools.timeline',
        'devtools.timeline.frame',
        'disabled-by-default-devtools.timeline',
        'v8',
        'blink.user_timing',
        '__metadata',
      ],
    },
  });
  await work();
  const ended = new Promise((resolve) => cdp.once('Tracing.tracingComplete', resolve));
  await cdp.send('Tracing.end');
  await ended;
  await cdp.detach();
  return framesOf(events);
}

function framesOf(events) {
  // The renderer thread that fired most animation frames is the page's.
  const fired = events.filter(({ name, ph }) => name === 'FireAnimationFrame' && ph === 'X');
  const threads = new Map();
  for (const { pid, tid } of fired) threads.set(`${pid} ${tid}`, (threads.get(`${pid} ${tid}`) ?? 0) + 1);
  const [thread] = [...threads].sort((a, b) => b[1] - a[1])[0] ?? [''];
  // A few events of a microsecond have no CPU time.
  const own = events
    .filter(({ name, ph, pid, tid, tdur }) => ph === 'X' && SCRIPT.has(name) && `${pid} ${tid}` === thread && tdur >= 0)
    .sort((a, b) => a.tts - b.tts);
  // Each frame ends with what was drawn being handed on.
  const ends = events
    .filter(({ name, ph, pid, tid }) => name === 'Commit' && ph === 'X' && `${pid} ${tid}` === thread)
    .map(({ tts }) => tts)
    .sort((a, b) => a - b);
  if (ends.length === 0 || own.length === 0) throw new Error('the trace tells of no frames');
  const frames = new Float64Array(ends.length + 1);
  let frame = 0;
  let until = 0;
  for (const { tts, tdur } of own) {
    while (frame < ends.length && ends[frame] <= tts) frame++;
    // What runs inside another counts once.
    const from = Math.max(tts, until);
    const to = tts + tdur;
    if (to > from) frames[frame] += (to - from) / 1000;
    until = Math.max(until, to);
  }
  return [...frames].filter((ms) => ms > 0).sort((a, b) => a - b);
}
