// Month names as logs print them: English in full and short, and the short names of the locales that syslog daemons are run in.

const ENGLISH = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** glibc's abbreviations (`locale abmon`), which `date` and old syslog daemons print. */
const ELSEWHERE: Readonly<Record<string, number>> = {
  janv: 1,
  févr: 2,
  fév: 2,
  mars: 3,
  avr: 4,
  avril: 4,
  mai: 5,
  juin: 6,
  juil: 7,
  août: 8,
  déc: 12,
  jän: 1,
  mär: 3,
  mrz: 3,
  okt: 10,
  dez: 12,
  ene: 1,
  abr: 4,
  ago: 8,
  dic: 12,
  fev: 2,
  set: 9,
  out: 10,
  gen: 1,
  mag: 5,
  giu: 6,
  lug: 7,
  ott: 10,
  mrt: 3,
  mei: 5,
  maj: 5,
};

const MONTHS = new Map<string, number>(Object.entries(ELSEWHERE));
ENGLISH.forEach((name, index) => {
  MONTHS.set(name, index + 1);
  MONTHS.set(name.slice(0, 3), index + 1);
});
MONTHS.set('sept', 9);

/** 1..12, or null for a word that is no month. Case and a final dot do not matter. */
export function monthNumber(word: string): number | null {
  return MONTHS.get(word) ?? MONTHS.get(word.toLowerCase().replace(/\.$/, '')) ?? null;
}

/** For patterns: English names, short or whole. */
export const MONTH_NAMES =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sep(?:t(?:ember)?)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)';

/** For patterns: a month in any of the languages above, as it stands at the start of a syslog line. */
export const MONTH_NAMES_ANYWHERE = `(?:${MONTH_NAMES}|${Object.keys(ELSEWHERE)
  .map((name) => `${name[0]!.toUpperCase()}${name.slice(1)}|${name}`)
  .join('|')})\\.?`;
