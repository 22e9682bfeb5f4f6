// The statement whose entries are lit on the graph and in the log.
import { computed } from '@preact/signals';
import { LEVELS } from '@tidemark/shared/logs/entry.js';
import { writtenBy } from '@tidemark/shared/suspects/written-by.js';
import type { FoundSuspect, LogLine } from '@tidemark/shared/view/data-source.js';
import { choose, chosenSuspect } from './choice.js';
import type { LitEntries } from './draw-lit.js';
import { findings } from './findings.js';

export interface Lit extends LitEntries {
  /** The log's id. */
  readonly log: string;
  readonly statement: string;
  /** Whether a line of that log begins an entry of the statement. */
  has(line: LogLine | undefined): boolean;
}

/** As it stands in the address. */
export const suspectKey = ({ example, template }: FoundSuspect): string => `${example.log}/${template}`;

export const lit = computed((): Lit | null => {
  const key = chosenSuspect.value;
  if (key === null) return null;
  const all = [...findings.value.values()].flatMap((found) => found?.suspects ?? []);
  const suspect = all.find((one) => suspectKey(one) === key);
  if (suspect === undefined) return null;
  const lines = new Set(suspect.lines);
  const wrote = writtenBy(suspect.statement);
  return {
    log: suspect.example.log,
    statement: suspect.statement,
    times: suspect.times,
    lines: suspect.lines,
    level: suspect.example.level === null ? 255 : LEVELS.indexOf(suspect.example.level),
    has: (line) => line !== undefined && !line.continues && (lines.has(line.line) || wrote(line.text)),
  };
});

export function unlight(): void {
  choose({ suspect: null });
}
