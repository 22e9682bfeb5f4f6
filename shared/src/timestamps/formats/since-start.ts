// Clocks that count from a start which the log does not name: boot, or the start of a process.
import type { TimestampFormat } from '../format.js';
import { pattern } from '../parts.js';

/** dmesg, Xorg, lightdm: seconds in brackets of their own. */
export const uptimeBracket: TimestampFormat = {
  id: 'uptime',
  pattern: pattern('\\[ *\\+?(?<uptime>\\d{1,9}\\.\\d{2,9})s?(?=\\]|,? +[A-Z]\\d+\\])'),
  clock: 'since-start',
  zone: 'stated',
  examples: [
    { line: '[    7.123456] usb 1-1: ready', at: '1970-01-01T00:00:07.123456Z' },
    { line: '[+7.12s] DEBUG: ready', at: '1970-01-01T00:00:07.12Z' },
    { line: '[7.123s][info][gc] Using G1', at: '1970-01-01T00:00:07.123Z' },
    { line: '[    7.123456,    T1] Linux version 6.1', at: '1970-01-01T00:00:07.123456Z' },
  ],
  refuses: ['[7] ready', '[ 3%] Building', '[7.1] ready'],
};

/** JVM's old GC log, V8's --trace-gc. */
export const uptimeUnit: TimestampFormat = {
  id: 'uptime-unit',
  pattern: pattern('(?:(?<uptime>\\d{1,9}\\.\\d{2,6})(?:s(?=[\\s:\\]])|(?=: ))|(?<uptimeMs>\\d{1,12}) ms(?=:))'),
  clock: 'since-start',
  zone: 'stated',
  bareNumber: true,
  examples: [
    { line: '[10561:0x43958cd0]       25 ms: Scavenge 3.8 (4.0) -> 3.6 (5.0) MB', at: '1970-01-01T00:00:00.025Z' },
    { line: '1.595: [GC pause (G1 Evacuation Pause)', at: '1970-01-01T00:00:01.595Z' },
    { line: '12.5000s ready', at: '1970-01-01T00:00:12.5Z' },
  ],
  refuses: ['25 ms later', '1.595 ready', '12 s'],
};

/** Minutes and seconds. */
export const uptimeMinutes: TimestampFormat = {
  id: 'minutes-seconds',
  pattern: pattern('(?<!\\d:)(?<minute>[0-5]?\\d):(?<second>[0-5]\\d)\\.(?<fraction>\\d{1,6})(?!:?\\d)'),
  clock: 'since-start',
  zone: 'stated',
  bareNumber: true,
  examples: [{ line: 'TCF 29:47.191: channel server connecting', at: '1970-01-01T00:29:47.191Z' }],
  refuses: ['16:29:47.191', '29:47 ready'],
};

/** Seconds as the first column of a table. */
export const uptimeBare: TimestampFormat = {
  id: 'uptime-column',
  pattern: pattern('(?<uptime>\\d{1,9}\\.\\d{3,9})(?=[\\t ])'),
  clock: 'since-start',
  zone: 'stated',
  bareNumber: true,
  examples: [{ line: '0.013\t-\t-\tLiveness: 1 -> 2', at: '1970-01-01T00:00:00.013Z' }],
  refuses: ['0.01 ready', '0.013,-,-'],
};

/** logrus on a terminal: seconds since the process started. */
export const logrusTerminal: TimestampFormat = {
  id: 'logrus-terminal',
  pattern: pattern('(?<level>TRAC|DEBU|INFO|WARN|ERRO|FATA|PANI)\\[(?<uptime>\\d{4,8})\\](?= )'),
  clock: 'since-start',
  zone: 'stated',
  examples: [{ line: 'WARN[0012] ready  peer=7', at: '1970-01-01T00:00:12Z' }],
  refuses: ['NOTE[0012] ready', 'INFO[12] ready'],
};

/** Espressif's boards: ms since boot. */
export const espressif: TimestampFormat = {
  id: 'esp-idf',
  pattern: pattern('(?<level>[EWIDV]) \\((?<uptimeMs>\\d{1,10})\\)(?= [\\w.-]+:)'),
  clock: 'since-start',
  zone: 'stated',
  levels: { E: 'error', W: 'warn', I: 'info', D: 'debug', V: 'debug' },
  examples: [{ line: 'I (7123) wifi: ready', at: '1970-01-01T00:00:07.123Z' }],
  refuses: ['I (7123) am ready', 'X (7123) wifi: ready'],
};
