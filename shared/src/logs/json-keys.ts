// Under which keys JSON loggers keep the instant and the level. The earlier a key stands, the rather it is taken.

/**
 * Paths as `scanJson` gives them, compared without regard to case, underscores and dashes.
 * Only the first that most lines have counts: "receiveTimestamp", "created" or "expires" are other instants.
 */
export const TIME_KEYS: readonly string[] = [
  '@timestamp',
  'timestamp',
  '@t',
  'ts',
  'time',
  't.$date',
  't',
  'datetime',
  'date',
  'asctime',
  'eventtime',
  'eventtimestamp',
  'logtime',
  'logtimestamp',
  'logdate',
  'when',
  'at',
  'timemillis',
  'timestampms',
  'timems',
  'epoch',
  'epochms',
  'unixtime',
  'realtimetimestamp',
  'sourcerealtimetimestamp',
  'instant.epochsecond',
  'timestamp.seconds',
  'time.seconds',
  'ts.seconds',
  'record.time.timestamp',
  'record.time.repr',
  'meta.date',
  'meta.timestamp',
  'meta.time',
  'log.timestamp',
  'event.time',
  'event.timestamp',
  'metadata.timestamp',
  'fields.timestamp',
  'utctime',
  'localtime',
  'datestamp',
  'dt',
  'createdat',
  'created',
];

export const LEVEL_KEYS: readonly string[] = [
  'level',
  'log.level',
  'levelname',
  'severity',
  'lvl',
  'loglevel',
  'severitytext',
  'priority',
  'levelstr',
  'levelname',
  'severitylabel',
  '@l',
  'l',
  's',
  'record.level.name',
  'meta.loglevelname',
  'log.syslog.severity.name',
];

export function keyName(path: string): string {
  return path.replace(/[_-]/g, '').toLowerCase();
}
