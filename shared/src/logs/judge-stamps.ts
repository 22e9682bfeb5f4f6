// Whether the stamps of a group are those of their lines: by what their shape proves, where they stand, how many lines have them, and whether
// they run one way as a log's do.
import { isTimeKey } from './lead.js';
import { type StampGroup, strength } from './stamp-groups.js';

/** 3: the line's own stamp for sure. 2: when many lines have it. 1: when nearly all have it. 0: not a stamp of the line. */
export function judge(group: StampGroup, starts: number, written: number): 0 | 1 | 2 | 3 {
  const count = group.lines.length;
  const share = count / starts;
  const { kind } = group.lead;
  const proof = strength(group.format);
  const place =
    kind === 'start' ||
    kind === 'brackets' ||
    kind === 'priority' ||
    kind === 'service' ||
    kind === 'level' ||
    (kind === 'key' &&
      isTimeKey(group.lead.id) &&
      group.places / count <= 16 &&
      (count > 1 || [...group.leads.keys()].some((lead) => /^#|=/.test(lead))))
      ? 3
      : kind === 'rule' || kind === 'number' || (kind === 'key' && isTimeKey(group.lead.id)) || group.format.anywhere
        ? 2
        : 1;
  const order = orderliness(group.times, group.format.clock === 'time-of-day');
  if (proof === 3) {
    if (place === 3) return 3;
    if (kind === 'rule') return 2;
    if (place === 2)
      return (share >= 0.2 && (count > 1 || written === 1)) || (kind !== 'words' && written <= 60 && count > 1) ? 2 : 0;
    return share >= 0.5 && (count >= 3 || share === 1) ? 1 : 0;
  }
  if (group.format.clock === 'time-of-day' && place === 3 && kind !== 'key')
    return share >= 0.25 && (count >= 2 || share === 1) && order >= 0.7 ? 2 : 0;
  if (proof === 2) {
    // `top` and the bracketed uptime say what they are; a time of day behind words does not.
    if (group.format.clock === 'time-of-day' && group.format.id !== 'time-of-day') return count >= 2 ? 2 : 0;
    // Behind words or a field's name it is how long something took.
    if (group.format.clock === 'time-of-day' && (kind === 'words' || kind === 'key')) return 0;
    const enough = place === 3 ? 0.4 : place === 2 ? 0.5 : 0.8;
    return share >= enough && count >= (place === 1 ? 5 : 2) && order >= 0.8 ? 1 : 0;
  }
  // A column of seconds is only one at the start of its lines.
  if (group.format.id === 'uptime-column' && kind !== 'start') return 0;
  const step = medianStep(group.times);
  const steady =
    group.format.clock === 'since-start'
      ? order >= 0.8 && ascends(group.times) && !evenlySpaced(group.times)
      : order >= 0.95 || (order >= 0.8 && step <= 86_400_000) || (place !== 1 && step <= 3_600_000);
  const varied = new Set(group.times).size > 1 || count < 5;
  const enough = place === 3 ? 0.6 : place === 2 ? 0.5 : 0.9;
  return varied && share >= enough && count >= (place === 1 ? 5 : 2) && steady ? 1 : 0;
}

function ascends(times: readonly number[]): boolean {
  return times.length < 2 || times.at(-1)! >= times[0]!;
}

/** The first column of a table of values: no clock ticks like that. */
function evenlySpaced(times: readonly number[]): boolean {
  if (times.length < 4) return false;
  const step = times[1]! - times[0]!;
  return times.every((time, at) => at === 0 || Math.abs(time - times[at - 1]! - step) < 1e-3);
}

/** Numbers that are instants lie near each other, also where connections are listed as they end; identifiers lie anywhere. */
function medianStep(times: readonly number[]): number {
  const steps = times.slice(1).map((time, at) => Math.abs(time - times[at]!));
  return steps.sort((a, b) => a - b)[steps.length >> 1] ?? 0;
}

/** The share of steps that go the way most steps go. Logs run one way; numbers that are no instants go up and down. */
function orderliness(times: readonly number[], overMidnight: boolean): number {
  let up = 0;
  let down = 0;
  for (let index = 1; index < times.length; index += 1) {
    const step = times[index]! - times[index - 1]!;
    if (step >= 0 || (overMidnight && step < -43_200_000)) up += 1;
    else down += 1;
  }
  return up + down === 0 ? 1 : Math.max(up, down) / (up + down);
}
