// Bare numbers: seconds since 1970 and what is counted from it. Alone a number proves nothing; a file of ascending ones does.
import type { TimestampFormat } from '../format.js';
import { DAY, MONTH, pattern, YEAR } from '../parts.js';

const AFTER = '(?![\\dA-Za-z_-])(?!\\.\\d)';

/** Unix seconds, with or without a fraction. */
export const epochSeconds: TimestampFormat = {
  id: 'epoch-s',
  pattern: pattern('(?<epoch>[0-9]{9,10})(?:[.,](?<fraction>\\d{1,9}))?', AFTER),
  clock: 'date',
  zone: 'stated',
  bareNumber: true,
  examples: [
    { line: '1732120267: ready', at: '2024-11-20T16:31:07Z' },
    { line: '[1732120267.123456] [I] ready', at: '2024-11-20T16:31:07.123456Z' },
    { line: 'msg=audit(1732120267.123:6175): ready', at: '2024-11-20T16:31:07.123Z' },
  ],
  refuses: ['17321202 ready', '9999999999 ready', '1732120267ab ready', '1732120267.123.4 ready'],
};

export const epochMs: TimestampFormat = {
  id: 'epoch-ms',
  pattern: pattern('(?<epoch>[0-9]{12,13})(?:\\.(?<fraction2>\\d{1,6}))?', AFTER),
  clock: 'date',
  zone: 'stated',
  bareNumber: true,
  examples: [
    { line: '1732120267123 ready', at: '2024-11-20T16:31:07.123Z' },
    { line: '[1732120267123] ready', at: '2024-11-20T16:31:07.123Z' },
  ],
  refuses: ['17321202671 ready', '9999999999999 ready'],
};

export const epochUs: TimestampFormat = {
  id: 'epoch-us',
  pattern: pattern('(?<epoch>[0-9]{15,16})', AFTER),
  clock: 'date',
  zone: 'stated',
  bareNumber: true,
  examples: [{ line: '[1732120267123456] ready', at: '2024-11-20T16:31:07.123456Z' }],
  refuses: ['17321202671234 ready'],
};

export const epochNs: TimestampFormat = {
  id: 'epoch-ns',
  pattern: pattern('(?<epoch>[0-9]{18,19})', AFTER),
  clock: 'date',
  zone: 'stated',
  bareNumber: true,
  examples: [{ line: '1732120267123456789 debug ready', at: '2024-11-20T16:31:07.123456789Z' }],
  refuses: ['17321202671234567 ready'],
};

/** Date and time as one number of fourteen digits. */
export const fourteenDigits: TimestampFormat = {
  id: 'yyyymmddhhmmss',
  pattern: pattern(
    YEAR,
    MONTH,
    DAY,
    '(?<hour>[01]\\d|2[0-3])(?<minute>[0-5]\\d)(?<second>[0-5]\\d)(?:[.,](?<fraction>\\d{1,9}))?',
    AFTER,
  ),
  clock: 'date',
  zone: 'unstated',
  bareNumber: true,
  examples: [
    { line: '20241120163107 ready', at: '2024-11-20T16:31:07Z' },
    { line: '[20241120163107.123] ready', at: '2024-11-20T16:31:07.123Z' },
  ],
  refuses: ['20241320163107 ready', '2024112016310 ready', '202411201631071 ready'],
};

/** daemontools and s6. */
export const tai64n: TimestampFormat = {
  id: 'tai64n',
  pattern: pattern('(?<tai64n>@[0-9a-f]{16}(?:[0-9a-f]{8})?)(?![0-9a-f])'),
  clock: 'date',
  zone: 'stated',
  examples: [{ line: '@4000000043322584192b6e0d tcpserver: ready', at: '2005-09-22T03:31:06.422276621Z' }],
  refuses: ['@40000000433225 ready', '4000000043322584192b6e0d ready'],
};
