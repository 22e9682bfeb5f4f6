// DuckDB on one thread: reads the CSV and makes the lowest and highest of each 32 rows of each column. A peer that is not in the
// lock file: DUCKDB names a folder in which `npm install @duckdb/node-api` was run. Null without it.
import { spawnSync } from 'node:child_process';

const SCRIPT = `
import { createRequire } from 'node:module';
const { DuckDBInstance } = createRequire(process.argv[1] + '/')('@duckdb/node-api');
const db = await (await DuckDBInstance.create(':memory:', { threads: '1' })).connect();
const names = (await db.runAndReadAll("DESCRIBE SELECT * FROM read_csv('" + process.argv[2] + "')")).getRows().map(([name]) => name);
const sums = names.map((name) => 'min("' + name + '"), max("' + name + '")').join(', ');
const begun = process.cpuUsage();
await db.run("CREATE TABLE buckets AS SELECT " + sums + " FROM (SELECT *, row_number() OVER () // 32 AS bucket FROM read_csv('" + process.argv[2] + "', parallel = false)) GROUP BY bucket");
const { user, system } = process.cpuUsage(begun);
console.log(JSON.stringify({ cpuS: (user + system) / 1e6, peakMiB: process.resourceUsage().maxRSS / 1024 }));
`;

export function duckDb(csv) {
  const { DUCKDB } = process.env;
  if (DUCKDB === undefined) return null;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--input-type=module', '-e', SCRIPT, DUCKDB, csv], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout);
}
