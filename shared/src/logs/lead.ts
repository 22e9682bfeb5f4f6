// What stands before a stamp. Dates in messages stand behind words; a log's own stamps stand behind the same kind of thing
// on every line: nothing, a bracket, a level, a field's name. Naming that kind tells the two apart.
import { ANY_CASE_WORDS, UPPER_WORDS } from './level-words.js';

/** How much a kind of lead speaks for the stamp after it being the line's own. */
export type LeadKind =
  | 'start' // nothing but brackets, quotes and other signs
  | 'brackets' // whole bracketed pieces: "[rank1]:["
  | 'priority' // syslog's "<28>1 "
  | 'service' // docker compose's "web-1  | "
  | 'level' // a level next to the stamp: "ERROR "
  | 'key' // a field's name: "time=", "# Time: "
  | 'rule' // a drawn line: "===== state at "
  | 'number' // one number: "4410 "
  | 'words'; // anything else

export interface Lead {
  readonly kind: LeadKind;
  /** Leads with the same id are one layout. */
  readonly id: string;
}

/** Longer than any prefix that loggers write; a table row before a last column may be as long. */
export const LONGEST_LEAD = 200;

const SIGNS = /^[\s[({<"'|*#>=~+.,:;!-]*$/;
const BRACKETS = /^\s*(?:[[(<{][^\])>}\n]{0,80}[\])>}][:,-]?\s*)+["'[({<]*$/;
const PRIORITY = /^<\d{1,3}>(?:\d )?$/;
const SERVICE = /^[\w.-]{1,60}(?:\|[\w.-]{1,60})?\s*\|\s+$/;
const RULE = /^(?:={3}|-{3}|\*{3}|#{3}|~{3}|>{2}|<{2}|\+{3})/;
const NUMBER = /^\s*\d+[\s,;|:]+["'[]?$/;
const KEY = /(?:^|[^\w@.-])([A-Za-z_@][\w@.-]{0,40})["']?\s*(?:=|:\s+|:(?=["'])|:$)\s*["'([]?$/;
const LEVEL_BEFORE = new RegExp(
  `(?:(?:^|[^A-Za-z0-9_])(?:${UPPER_WORDS})|[[(<|](?:${ANY_CASE_WORDS}))(?![A-Za-z_])(?:[^A-Za-z0-9]{0,8}|[\\s:,|-]*[[(<][^\\])>]{0,60}[\\])>][\\s:,|-]*["'[({<]?)$`,
);
const LETTER_BEFORE = /^\W*[TDIWEFCN](?:[,:|/]\s*|\s+|\]\s*)[[(]?$/;

export function leadOf(lead: string): Lead {
  if (SIGNS.test(lead)) return { kind: RULE.test(lead) ? 'rule' : 'start', id: RULE.test(lead) ? 'rule' : 'start' };
  if (PRIORITY.test(lead)) return { kind: 'priority', id: 'priority' };
  if (BRACKETS.test(lead)) return { kind: 'brackets', id: 'brackets' };
  if (SERVICE.test(lead)) return { kind: 'service', id: 'service' };
  if (RULE.test(lead)) return { kind: 'rule', id: 'rule' };
  if (LETTER_BEFORE.test(lead)) return { kind: 'level', id: 'letter' };
  if (lead.length <= 100 && LEVEL_BEFORE.test(lead)) return { kind: 'level', id: 'level' };
  const key = KEY.exec(lead);
  if (key) return { kind: 'key', id: `key ${key[1]}` };
  if (NUMBER.test(lead)) return { kind: 'number', id: 'number' };
  const words = lead.trimStart().split(/\s+/);
  const last = words.pop()!;
  const shape = last.replace(/[A-Za-z_]\w*/g, 'a').replace(/\d+/g, '0');
  return { kind: 'words', id: `words ${words.length} ${shape}` };
}

/** Does the field's name say that it holds the instant of the line? */
export function isTimeKey(id: string): boolean {
  return /^key (?:.*[._@-])?(?:time|ts|t|timestamp|date|datetime|at|when|logged|eventtime|_?realtime_timestamp)$/i.test(
    id,
  );
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');

/** The source of a pattern for all leads of that id; `seen` are leads from the file, with white space as it was. */
export function leadPattern(lead: Lead, seen: Iterable<string>): string {
  switch (lead.kind) {
    case 'start': {
      const shapes = new Set<string>();
      for (const text of seen) shapes.add(text.split(/\s+/).map(escaped).join('\\s+'));
      return shapes.size > 12 ? '^[\\s[({<"\'|*#>=~+.,:;!-]*' : `^(?:${[...shapes].join('|')})`;
    }
    case 'brackets':
      return '^\\s*(?:[[(<{][^\\])>}\\n]{0,80}[\\])>}][:,-]?\\s*)+["\'[({<]*';
    case 'priority':
      return '^<\\d{1,3}>(?:\\d )?';
    case 'service':
      return '^[\\w.-]{1,60}(?:\\|[\\w.-]{1,60})?\\s*\\|\\s+';
    case 'rule':
      return '^(?:={3}|-{3}|\\*{3}|#{3}|~{3}|>{2}|<{2}|\\+{3}).{0,80}?';
    case 'number':
      return '^\\s*\\d+[\\s,;|:]+["\'[]?';
    case 'key':
      return `^.{0,${LONGEST_LEAD}}?(?<![\\w@.-])${escaped(lead.id.slice(4))}["']?\\s*[=:]\\s*["'([]?`;
    case 'level':
      return lead.id === 'letter' ? '^\\W{0,4}[TDIWEFCN](?:[,:|/]\\s*|\\s+|\\]\\s*)[[(]?' : '^.{1,100}?';
    case 'words': {
      const [, gaps, ...shape] = lead.id.split(' ');
      const last = escaped(shape.join(' ')).replace(/a/g, '[A-Za-z_]\\w*').replace(/0/g, '\\d+');
      return `^\\s*(?:\\S+\\s+){${gaps}}${last}`;
    }
  }
}
