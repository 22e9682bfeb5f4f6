// Sizes as people read them: bytes are stored, MiB and GiB are shown, with those letters.

const UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB'] as const;

/** "0 B", "812 KiB", "53.0 MiB", "3.19 GiB": three digits that count. NaN gives "not measured". */
export function formatBytes(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'not measured';
  const size = Math.abs(bytes);
  let unit = 0;
  // 999.5 would be shown as 1000: the next unit says it shorter.
  while (unit < UNITS.length - 1 && size / 1024 ** unit >= 999.5) unit++;
  const value = size / 1024 ** unit;
  const digits = unit === 0 || value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2;
  return `${bytes < 0 ? '-' : ''}${value.toFixed(digits)} ${UNITS[unit]}`;
}

/** A change: always with its sign, "+53.0 MiB", "-1.20 GiB", "±0 B". */
export function formatBytesChange(bytes: number): string {
  if (!Number.isFinite(bytes)) return 'not measured';
  // A fitted line may end a fraction of a byte off.
  if (Math.round(bytes) === 0) return '±0 B';
  return bytes > 0 ? `+${formatBytes(bytes)}` : formatBytes(bytes);
}

const PACES = [
  ['s', 1],
  ['min', 60],
  ['h', 3600],
] as const;

/** A slope in the unit of time in which it comes to a mebibyte: "+655 MiB/s", "-4.20 MiB/min", "+28.5 MiB/h". */
export function formatSlope(bytesPerS: number): string {
  const [unit, seconds] = PACES.find(([, s]) => Math.abs(bytesPerS) * s >= 2 ** 20) ?? PACES[PACES.length - 1]!;
  return `${formatBytesChange(bytesPerS * seconds)}/${unit}`;
}

const FACTORS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1024,
  kb: 1000,
  kib: 1024,
  m: 1024 ** 2,
  mb: 1e6,
  mib: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1e9,
  gib: 1024 ** 3,
  t: 1024 ** 4,
  tb: 1e12,
  tib: 1024 ** 4,
};

/** Reads "512MiB", "1.5 GB", "2g" or a bare number of bytes; null when it is none of these. KB is 1000, KiB and K are 1024. */
export function parseBytes(text: string): number | null {
  const match = /^\s*(\d+(?:\.\d+)?)\s*([a-z]*)\s*$/i.exec(text);
  const factor = FACTORS[match?.[2]?.toLowerCase() ?? '?'];
  return match === null || factor === undefined ? null : Math.round(Number(match[1]) * factor);
}
