// Scores the gap that `tidemark report` tells over traces with known answers, where they lie beside the repository. Needs a build.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';

const traces = '../shared/corpus/traces';
const command = 'cli/dist/tidemark.js';
const MiB = 2 ** 20;

if (!existsSync(`${traces}/groups.json`)) {
  console.log(`score:gap skipped: there are no traces at ${traces}`);
} else if (!existsSync(command)) {
  console.error(`score:gap: ${command} is not there; run "node scripts/build.mjs" first`);
  process.exitCode = 1;
} else {
  /** @type {{ heap_gap: { id: string; rss_bytes: number; heap_bytes: number; sparse: boolean }[] }} */
  const { heap_gap } = JSON.parse(readFileSync(`${traces}/groups.json`, 'utf8'));
  let agree = 0;
  let near = 0;
  for (const { id, rss_bytes, heap_bytes, sparse } of heap_gap) {
    const args = [command, 'report', `${traces}/${id}.csv`, '--json'];
    const { stdout } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    const { gap } = JSON.parse(stdout);
    const off = Math.abs(gap.rest.gap_bytes - (rss_bytes - heap_bytes)) / rss_bytes;
    if (gap.kept_back === sparse) agree += 1;
    if (off <= 0.05) near += 1;
    const at = (/** @type {number} */ bytes) => `${(bytes / MiB).toFixed(0)} MiB`.padStart(9);
    const said = `charged ${at(gap.rest.charged_bytes)} counted ${at(gap.rest.counted_bytes)}`;
    const known = `known ${at(rss_bytes)} ${at(heap_bytes)}`;
    console.log(
      `${id.padEnd(20)} ${said} ${known} ${gap.kept_back === sparse ? '' : 'kept back: otherwise'}`.trimEnd(),
    );
  }
  console.log(
    `kept back or not: ${agree} of ${heap_gap.length}; gap at rest within 5 % of the charge: ${near} of ${heap_gap.length}`,
  );
}
