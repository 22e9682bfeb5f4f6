// How a recording ended, in words. A kill for want of memory is said only when the kernel counted one.
import { endInEvents } from '@tidemark/shared/recording/events.js';
import type { RecordingView } from '@tidemark/shared/view/data-source.js';

export interface Ending {
  readonly kind: 'live' | 'good' | 'bad' | 'neutral';
  readonly text: string;
  /** Longer, for a tooltip; empty when the text says it all. */
  readonly more: string;
}

export function endingOf(recording: Pick<RecordingView, 'info' | 'live' | 'events' | 'extremes'>): Ending {
  const { info, live, events } = recording;
  if (live) return { kind: 'live', text: 'recording', more: 'The recorder is still writing.' };
  const ooms = recording.extremes.container_oom_kills;
  const killedForMemory = events.some(({ kind }) => kind === 'oom-kill') || (ooms !== undefined && ooms.max > ooms.min);
  const job = info?.job ?? null;
  // What only looks like such a kill is called no more than that.
  const more = killedForMemory || info?.oom === undefined ? oomText(killedForMemory) : sentence(info.oom.why);
  if (job?.signal) {
    const why = killedForMemory ? ', out of memory' : info?.oom?.verdict === 'consistent' ? ', near the limit' : '';
    return { kind: 'bad', text: `killed by ${job.signal}${why}`, more };
  }
  if (job !== null && job.exit_code !== null) {
    const bad = job.exit_code !== 0 || killedForMemory;
    const oom = killedForMemory ? ', a process was killed for memory' : '';
    return { kind: bad ? 'bad' : 'good', text: `exited ${job.exit_code}${oom}`, more };
  }
  if (info === null)
    return { kind: 'neutral', text: 'CSV', more: 'Samples from elsewhere: how the job ended is not recorded.' };
  if (info.ended_at === null) {
    const end = endInEvents(events)?.text;
    if (end !== undefined) {
      const kind = /^exit 0\b/.test(end) ? 'good' : /^(exit|killed)\b/.test(end) ? 'bad' : 'neutral';
      const text = end.replace(/^exit /, 'exited ');
      return { kind, text, more: 'recording.json could not be written at the end: this is what events.csv says.' };
    }
    return {
      kind: 'bad',
      text: 'cut off',
      more: 'The recorder ended without a word: it was killed, or the machine went down.',
    };
  }
  return { kind: 'neutral', text: 'recording ended', more: '' };
}

const oomText = (killed: boolean): string =>
  killed ? "The kernel's counter of kills for want of memory rose during the recording." : '';

const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
