// Takes out of text what its reader need not know, by rules that the person chose, and counts what went.
import { UsageError } from '../errors.js';
import { placeholder, type RedactionRule } from './rule.js';
import { REDACTION_RULES } from './rules/index.js';

/** One line of the list of what was removed. */
export interface Removed {
  readonly rule: string;
  /** In the plural, for people. */
  readonly what: string;
  readonly count: number;
}

export class Redaction {
  #counts = new Map<RedactionRule, number>();

  constructor(readonly rules: readonly RedactionRule[]) {
    for (const rule of rules) this.#counts.set(rule, 0);
  }

  /** `text` without what the rules take out. */
  apply(text: string): string {
    let left = text;
    for (const rule of this.rules) {
      left = left.replace(rule.pattern, () => {
        this.#counts.set(rule, (this.#counts.get(rule) ?? 0) + 1);
        return placeholder(rule.id);
      });
    }
    return left;
  }

  /** How often each rule found something, zero included: that it looked is worth saying too. */
  removed(): Removed[] {
    return this.rules.map((rule) => ({ rule: rule.id, what: rule.what, count: this.#counts.get(rule) ?? 0 }));
  }
}

/**
 * Rules by what a person wrote: the names of rules, "all", or a pattern of their own between slashes (`/order \d+/i`).
 *
 * Throws UsageError for a name that no rule has and a pattern that is none.
 */
export function rulesNamed(names: readonly string[]): RedactionRule[] {
  const chosen = new Set<RedactionRule>();
  let own = 0;
  for (const name of names) {
    const written = /^\/(?<source>.+)\/(?<flags>[imsu]*)$/s.exec(name)?.groups;
    if (written !== undefined) chosen.add(ownRule(written.source ?? '', written.flags ?? '', ++own));
    else if (name === 'all') for (const rule of REDACTION_RULES) chosen.add(rule);
    else {
      const rule = REDACTION_RULES.find(({ id }) => id === name);
      if (rule === undefined) {
        const known = REDACTION_RULES.map(({ id }) => id).join(', ');
        throw new UsageError(`There is no redaction rule ${name}.`, `There are ${known}, all, and /pattern/.`);
      }
      chosen.add(rule);
    }
  }
  // Built-in ones in their own order; what a person wrote comes last and sees what they left.
  return [...REDACTION_RULES.filter((rule) => chosen.has(rule)), ...[...chosen].filter((rule) => !isBuiltIn(rule))];
}

const isBuiltIn = (rule: RedactionRule): boolean => REDACTION_RULES.includes(rule);

function ownRule(source: string, flags: string, number: number): RedactionRule {
  try {
    const pattern = new RegExp(source, `g${flags}`);
    const id = number === 1 ? 'removed' : `removed-${number}`;
    return { id, what: `matches of /${source}/${flags}`, pattern, examples: [], spares: [] };
  } catch (error) {
    throw new UsageError(`/${source}/${flags}: ${error instanceof Error ? error.message : String(error)}.`);
  }
}
