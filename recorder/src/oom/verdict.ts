// Whether a job died for want of memory, and what it held just before. Pure: samples and counters in, findings out.
//
// The sure sign is the group's counter. Signal 9, and still more exit code 137, is sent by many: alone it proves nothing.
import type { OomInfo } from '@tidemark/shared/recording/recording.js';
import { formatBytes } from '@tidemark/shared/words/bytes.js';
import type { KeptSample } from '../recording/recent-samples.js';

export interface OomQuestion {
  readonly noticedMs: number;
  /** How far the group's counter rose; NaN where there is none. */
  readonly kills: number;
  /** How the job ended; null while it runs. */
  readonly end: { readonly code: number | null; readonly signal: string | null } | null;
  /** In time order, none later than the kill. */
  readonly samples: readonly KeptSample[];
}

/** A share of the limit: with less room than this left, the limit was near. */
const NEAR = 0.1;
/** While a tree is taken down the sums collapse within this time. */
const COLLAPSE_MS = 1000;
/** A share of the highest sum in that time: with less the tree is being taken down. */
const FULL = 0.95;

const MACHINE = '; no limit bound it: the machine itself ran out';
const UNSEEN = '; the limit that bound it is not to be seen from here';

/** Null when nothing speaks of a kill: it neither was counted nor looks like one. `output` is filled in by who can read it. */
export function judge(question: OomQuestion): OomInfo | null {
  const { kills, end } = question;
  const counted = kills > 0;
  const looksKilled = end !== null && (end.signal === 'SIGKILL' || end.code === 137);
  if (!counted && !looksKilled) return null;

  // A sample that was taken with the old counter was taken before the kill.
  const measured = ofTheGroup(question.samples);
  const last = counted ? measured.at(-1) : lastFull(measured);
  const full = last ?? null;
  const samples = full === null ? [] : measured.slice(0, measured.indexOf(full) + 1);
  const limit = full === null ? Number.NaN : limitAt(full);
  const charged = full === null ? Number.NaN : chargeAt(full);
  const near = isNear(samples, measured[samples.length], question.noticedMs);
  const byMachine = full !== null && !Number.isNaN(limit) && limit !== full.value('container_limit_bytes');
  // Killed with much room: a group above, which a container does not see, had the limit.
  const unseen = counted && byMachine && !near;
  const held = full === null ? 'there was no sample' : `the last full sample held ${ofLimit(charged, limit)}`;
  const counter = Number.isNaN(kills) ? 'no counter of kills could be read' : 'no kill was counted';
  const how = end?.signal === 'SIGKILL' ? 'signal 9' : 'exit code 137';
  const why = counted
    ? `the cgroup's oom_kill counter rose by ${kills}${unseen ? UNSEEN : byMachine && near ? MACHINE : ''}`
    : near
      ? `${how} near the limit: ${held}; but ${counter}`
      : `${how} alone proves nothing: ${counter}, and ${held}`;
  return {
    verdict: counted ? 'confirmed' : near ? 'consistent' : 'no-evidence',
    why,
    noticed_at: new Date(question.noticedMs).toISOString(),
    kills: orNull(kills),
    limit_bytes: orNull(limit),
    last_sample:
      full === null
        ? null
        : {
            time: new Date(full.timeMs).toISOString(),
            elapsed_s: Math.round(full.elapsedMs) / 1000,
            job_rss_bytes: orNull(full.value('job_rss_bytes')),
            charged_bytes: orNull(charged),
            headroom_bytes: orNull(limit - charged),
          },
    // A charge is refused only beyond the limit: from the last sample to there it wanted at least all that was left.
    asked_at_least_bytes: counted && !unseen && limit - charged >= 0 ? limit - charged : null,
    headroom: samples
      .map((sample) => ({ time: new Date(sample.timeMs).toISOString(), bytes: limitAt(sample) - chargeAt(sample) }))
      .filter(({ bytes }) => !Number.isNaN(bytes)),
    processes: (full?.processes ?? []).map(({ pid, name, rssBytes }) => ({ pid, name, rss_bytes: rssBytes })),
    output: [],
  };
}

/** While a container does not run its cells are empty: what the machine held then is another story. */
function ofTheGroup(samples: readonly KeptSample[]): readonly KeptSample[] {
  const measured = samples.filter((sample) => !Number.isNaN(sample.value('container_current_bytes')));
  return measured.length > 0 ? measured : samples;
}

/** The newest of those that have not collapsed. */
function lastFull(samples: readonly KeptSample[]): KeptSample | undefined {
  const newest = samples.at(-1)?.timeMs ?? Number.NaN;
  const last = samples.filter((sample) => newest - sample.timeMs <= COLLAPSE_MS);
  const highest = Math.max(...last.map(heldAt));
  return last.findLast((sample) => heldAt(sample) >= highest * FULL);
}

/** The lower of RSS and the group's charge: the one is read before the other, and a job that is killed between them leaves the first of them whole. */
function heldAt(sample: KeptSample): number {
  const rss = sample.value('job_rss_bytes');
  const charge = sample.value('container_current_bytes');
  if (Number.isNaN(rss)) return 0;
  return Number.isNaN(charge) ? rss : Math.min(charge, rss);
}

/** The group's limit; without one the machine is the limit. */
function limitAt(sample: KeptSample): number {
  const limit = sample.value('container_limit_bytes');
  const machine = sample.value('machine_used_bytes') + sample.value('machine_available_bytes');
  // Null-like NaN on either side leaves the other; a limit above the machine's memory limits nothing.
  return limit > machine || Number.isNaN(limit) ? machine : limit;
}

function chargeAt(sample: KeptSample): number {
  const machine = sample.value('machine_used_bytes') + sample.value('machine_available_bytes');
  const byGroup = limitAt(sample) !== machine;
  return byGroup ? sample.value('container_current_bytes') : sample.value('machine_used_bytes');
}

/** Little room at the last full sample, the last of `samples`; or less than the job had last taken in as long a time as it then was not seen, until `next` or its end. */
function isNear(samples: readonly KeptSample[], next: KeptSample | undefined, noticedMs: number): boolean {
  const full = samples.at(-1);
  if (full === undefined) return false;
  const limit = limitAt(full);
  // What the sample after it says of its interval is of that time.
  const room = limit - Math.max(reachedBy(full), next === undefined ? 0 : intervalPeak(next));
  const unseenMs = (next?.timeMs ?? noticedMs) - full.timeMs;
  const before = samples.slice(0, -1);
  const from = before.findLastIndex(({ timeMs }) => timeMs <= full.timeMs - unseenMs);
  // At least one interval, however short; at most what is kept.
  const charges = before.slice(unseenMs > 0 ? Math.max(0, from) : -1).map(chargeAt);
  const growth = charges.length === 0 ? 0 : chargeAt(full) - Math.min(...charges);
  return room <= Math.max(limit * NEAR, growth);
}

const reachedBy = (sample: KeptSample): number => Math.max(chargeAt(sample), intervalPeak(sample));

/** What the group reached since the sample before; 0 where that is not known, or the machine is the limit. */
function intervalPeak(sample: KeptSample): number {
  const byGroup = chargeAt(sample) === sample.value('container_current_bytes');
  return (byGroup && sample.value('container_peak_bytes')) || 0;
}

function ofLimit(charged: number, limit: number): string {
  return Number.isNaN(limit) ? formatBytes(charged) : `${formatBytes(charged)} of ${formatBytes(limit)}`;
}

const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);
