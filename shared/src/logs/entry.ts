// One log message and what is known of the file that it stands in.

/** From quiet to loud; "notice" counts as info, "critical", "alert", "emergency" and "panic" as fatal. */
export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];

/** What a reader says of one physical line. */
export interface LineReading {
  /** Counted from 1. */
  readonly line: number;
  /** Null when the line carries no instant of its own, or the reader is not sure. */
  readonly timeMs: number | null;
  readonly level: Level | null;
  /** True when the line belongs to the entry above. */
  readonly continues: boolean;
}

/** Where the zone of a log's stamps comes from. */
export type ZoneOrigin = 'stated' | 'asked' | 'recording' | 'arrival' | 'assumed';

/** How a log was read. Shown by `tidemark logs` and on the page. */
export interface LogFacts {
  /** The format's id ("python-logging"), several joined by " + ", or null when no stamp was found. */
  readonly format: string | null;
  readonly lines: number;
  readonly entries: number;
  /** Entries with an instant. */
  readonly dated: number;
  readonly firstMs: number | null;
  readonly lastMs: number | null;
  /** IANA name or "UTC"; the zone that stamps without one were read in. */
  readonly zone: string;
  readonly zoneOrigin: ZoneOrigin;
  /** Entries per level; `none` for those that state no level. */
  readonly levels: Readonly<Record<Level | 'none', number>>;
  /** How often an instant was earlier than the one before. */
  readonly backwardSteps: number;
}
