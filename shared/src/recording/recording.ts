// What stands in a recording beside its samples: recording.json, events.csv and annotations.json, as plain data.
// docs/recording-format.md describes the same for people; both change together.

/** The format that this version writes, and the highest that it reads. */
export const RECORDING_FORMAT = 1;

/** How a peak column came to be known; see "Peaks" in docs/recording-format.md. */
export type PeakSource = 'vm-hwm' | 'cgroup-memory-peak' | 'cgroup-v1-max-usage' | 'clear-refs' | 'samples';

export interface RecordedColumn {
  name: string;
  unit: string;
  /** The file or call that it is read from, e.g. "/proc/meminfo". */
  source: string;
}

/** recording.json. Times are RFC 3339 UTC with milliseconds; null is "not known" or "not (yet) so". */
export interface RecordingInfo {
  format: number;
  tidemark_version: string;
  label: string | null;
  /** The job's command and arguments; null when something that ran already was recorded. */
  command: string[] | null;
  working_directory: string;
  host: {
    name: string;
    os: string;
    kernel: string;
    cpus: number;
    memory_total_bytes: number | null;
    container: string | null;
    /** Maker and model of the machine; absent until systeminformation has answered, null where it does not know. */
    model?: string | null;
    /** The hypervisor, "yes" when there is one without a name. */
    virtual?: string | null;
    memory_modules?: { bytes: number; type: string }[];
  };
  /** IANA name of the recorder's zone, e.g. "Europe/Berlin": what stamps without a zone most likely mean. */
  time_zone: string;
  started_at: string;
  ended_at: string | null;
  /** When the recorder that wrote last went on with it (--resume); absent when there was only one. Its `own_cost` counts from then. */
  resumed_at?: string;
  /** What --keep removed: so many parts of memory.csv, with all samples before this; null when that cannot be told. */
  removed?: { parts: number; samples_before: string | null };
  interval_ms: number;
  columns: RecordedColumn[];
  /** Source of job_peak_bytes and container_peak_bytes; null where the column is not recorded. */
  peak_sources: { job: PeakSource | null; container: PeakSource | null };
  cgroup: { version: 1 | 2; path: string; limit_bytes: number | null } | null;
  /** The container that `--container` named, as its runtime calls it at the start. */
  container?: { name: string; id: string };
  job: {
    pid: number;
    exit_code: number | null;
    /** "SIGKILL" and the like, when a signal ended it. */
    signal: string | null;
  } | null;
  /** There when processes.csv is kept: how often each process has a row. */
  processes?: { interval_ms: number };
  /** "not captured" when the job's output could not be kept; absent otherwise. */
  output?: 'not captured';
  /** Log files that the job writes itself, absolute or relative to the recording's folder. */
  logs: string[];
  /** What recording cost; written at the end. */
  own_cost: {
    samples: number;
    late_ticks: number;
    missed_ticks: number;
    cpu_s: number;
    rss_peak_bytes: number;
    /** Wall time of each sampler and of `write` in every seventh tick; absent in older recordings, empty when there was none. */
    samplers?: { name: string; mean_ms: number; longest_ms: number }[];
  } | null;
  /** What `tidemark list` shows without reading samples; written at the end. `column` is the one that it is about. */
  summary?: {
    column: string;
    /** The highest value known, between samples too where the peak column tells. */
    peak_bytes: number;
    peak_at: string;
    /** The largest processes of the job at that sample, largest first; absent where no process was followed. */
    processes?: { pid: number; name: string; rss_bytes: number; peak_bytes: number }[];
  } | null;
  /** What is known of a kill for want of memory; absent when nothing speaks of one. */
  oom?: OomInfo;
}

/** A process was killed, or looks as if it was. Of several kills the last; those within 2 s of each other are one. */
export interface OomInfo {
  /** The group's counter rose; signal 9 near the limit; signal 9 or exit code 137 and nothing else. */
  verdict: 'confirmed' | 'consistent' | 'no-evidence';
  /** One sentence. */
  why: string;
  /** At most one interval after the kill. */
  noticed_at: string;
  /** By how much the group's counter rose; null where it has none. */
  kills: number | null;
  /** Of the group, else of the machine. */
  limit_bytes: number | null;
  /** The last one before the sums collapsed. */
  last_sample: {
    time: string;
    elapsed_s: number;
    job_rss_bytes: number | null;
    /** What counts against the limit. */
    charged_bytes: number | null;
    headroom_bytes: number | null;
  } | null;
  /** What it wanted beyond the last full sample before it was killed. */
  asked_at_least_bytes: number | null;
  /** The last samples up to that one. */
  headroom: { time: string; bytes: number }[];
  /** The largest at that sample, largest first. */
  processes: { pid: number; name: string; rss_bytes: number }[];
  /** The last lines of output.log; long ones are cut. */
  output: { time: string; stream: string; text: string }[];
  /** The last lines of the logs that the job writes itself, when any were named. */
  logs?: { file: string; lines: string[] }[];
}

export const EVENT_KINDS = [
  'start',
  'exit',
  'oom-kill',
  'mark',
  'gap',
  'clock-step',
  'sampler-lost',
  'rotated',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** One line of events.csv (time,kind,text). */
export interface RecordingEvent {
  timeMs: number;
  kind: EventKind;
  text: string;
}

/** One note that a person put on the graph; a span when `end_ms` is a number. annotations.json holds a list of them. */
export interface Note {
  id: string;
  start_ms: number;
  end_ms: number | null;
  text: string;
}

export interface Annotations {
  format: 1;
  notes: Note[];
}
