// Zone abbreviations that logs print. An abbreviation that several zones share is read as the one most logs mean.

const HOURS: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  WET: 0,
  WEST: 1,
  CET: 1,
  CEST: 2,
  MEZ: 1,
  MESZ: 2,
  EET: 2,
  EEST: 3,
  BST: 1, // British, not Bangladesh
  MSK: 3,
  TRT: 3,
  SAST: 2,
  IST: 5.5, // India, not Israel or Ireland
  PKT: 5,
  ICT: 7,
  WIB: 7,
  HKT: 8,
  SGT: 8,
  AWST: 8,
  JST: 9,
  KST: 9,
  ACST: 9.5,
  AEST: 10,
  AEDT: 11,
  NZST: 12,
  NZDT: 13,
  BRT: -3,
  ART: -3,
  NST: -3.5,
  AST: -4,
  ADT: -3,
  EST: -5,
  EDT: -4,
  CST: -6, // North America, not China
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  AKST: -9,
  AKDT: -8,
  HST: -10,
};

/** For patterns: any abbreviation above. */
export const ZONE_ABBREVIATIONS = `(?:${Object.keys(HOURS).join('|')})(?![A-Za-z])`;

/** Minutes east of UTC for "Z", "+0200", "-07:00", "+02", "UTC+2" or an abbreviation; null for anything else. */
export function zoneOffsetMinutes(text: string): number | null {
  if (text === 'Z' || text === 'z') return 0;
  const digits = /^(?:UTC|GMT)?([+-])(\d{1,2}):?(\d\d)?$/.exec(text);
  if (digits) {
    const minutes = Number(digits[2]) * 60 + Number(digits[3] ?? 0);
    return minutes > 14 * 60 ? null : digits[1] === '-' ? -minutes : minutes;
  }
  const hours = HOURS[text];
  return hours === undefined ? null : hours * 60;
}
