// `tidemark list`: the recordings at hand, newest first.
import { resolve } from 'node:path';
import { formatBytes } from '@tidemark/shared/words/bytes.js';
import { formatDuration } from '@tidemark/shared/words/durations.js';
import type { FoundRecording } from '@tidemark/viewer';
import { Command } from 'commander';
import { calledAs } from '../called-as.js';
import { print } from '../print.js';

export function listCommand(): Command {
  return new Command('list')
    .description('List the recordings at hand, newest first.')
    .argument('[folder]', 'where to look (default: tidemark-runs)')
    .option('--json', 'one JSON object a line')
    .action(list);
}

async function list(folder: string | undefined, { json }: { json?: boolean }): Promise<void> {
  const { findRecordings, RUNS_FOLDER } = await import('@tidemark/viewer');
  const where = folder ?? RUNS_FOLDER;
  const found = await findRecordings(resolve(where));
  if (json) {
    await print(found.map((one) => `${JSON.stringify(summaryOf(one))}\n`).join(''));
    return;
  }
  if (found.length === 0) {
    process.stderr.write(`tidemark: no recordings in ${where}\n  \`${calledAs()} run -- CMD\` makes one.\n`);
    return;
  }
  await print(tableOf(found.map(rowOf)));
}

const HEADER = ['NAME', 'START', 'DURATION', 'PEAK', 'EXIT', 'COMMAND'];

function rowOf(one: FoundRecording): string[] {
  const { exit, duration_ms, peak_bytes, command, running } = summaryOf(one);
  return [
    one.name,
    localTime(one.startedMs),
    running ? 'running' : duration_ms !== null ? formatDuration(duration_ms) : one.info === null ? '-' : 'cut off',
    peak_bytes === null ? '-' : formatBytes(peak_bytes),
    exit === null ? '-' : String(exit),
    shortened(command ?? one.info?.label ?? '-'),
  ];
}

/** What is known without reading samples. `exit` is the code, or the name of the signal. */
function summaryOf({ path, name, info, startedMs, running, end }: FoundRecording) {
  const ended = end?.timeMs ?? Date.parse(info?.ended_at ?? '');
  return {
    path,
    name,
    start: new Date(startedMs).toISOString(),
    running,
    duration_ms: Number.isNaN(ended) ? null : ended - startedMs,
    peak_bytes: info?.summary?.peak_bytes ?? null,
    exit: info?.job?.signal ?? info?.job?.exit_code ?? exitIn(end?.text ?? ''),
    command: Array.isArray(info?.command) ? info.command.join(' ') : null,
  };
}

/** The code or the signal in what the event of an end says. A recording that was stopped has neither. */
function exitIn(text: string): number | string | null {
  const [, code, signal] = /^(?:exit (\d+)|killed by (SIG\w+))/.exec(text) ?? [];
  return code === undefined ? (signal ?? null) : Number(code);
}

/** "2026-11-20 17:35:01" in this machine's zone. */
function localTime(ms: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const d = new Date(ms);
  return `${d.getFullYear()}-${two(d.getMonth() + 1)}-${two(d.getDate())} ${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}`;
}

/** One line, without control codes: a command may hold anything. */
function shortened(text: string): string {
  const plain = text.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ');
  return plain.length > 60 ? `${plain.slice(0, 59)}…` : plain;
}

function tableOf(rows: readonly (readonly string[])[]): string {
  const all = [HEADER, ...rows];
  const widths = HEADER.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
