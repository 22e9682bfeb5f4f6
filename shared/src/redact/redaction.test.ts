import { describe, expect, test } from 'vitest';
import { UsageError } from '../errors.js';
import { Redaction, rulesNamed } from './redaction.js';
import { REDACTION_RULES } from './rules/index.js';

describe.each(REDACTION_RULES.map((rule) => [rule.id, rule] as const))('%s', (_id, rule) => {
  test.each(rule.examples.map(({ line, left }) => [line, left]))('leaves of %s only %s', (line, left) => {
    const redaction = new Redaction([rule]);
    expect(redaction.apply(line)).toBe(left);
    expect(redaction.removed()).toEqual([{ rule: rule.id, what: rule.what, count: 1 }]);
  });

  test.each(rule.spares)('spares %s', (line) => {
    expect(new Redaction([rule]).apply(line)).toBe(line);
  });

  test('takes nothing more out of what all rules have left', () => {
    for (const { left } of rule.examples) expect(new Redaction(REDACTION_RULES).apply(left)).toBe(left);
  });

  test('takes time in proportion to a long line, whatever is in it', () => {
    for (const unit of ['a', '1.', 'ab:', 'x@', 'password=', '/home/', 'a://b:']) {
      const line = unit.repeat(20_000);
      // A pattern that backtracks would take minutes here, and the test its time limit.
      expect(new Redaction([rule]).apply(line).length).toBeGreaterThan(0);
    }
  });
});

test('rules are chosen by name, all at once, or written by hand', () => {
  expect(rulesNamed(['ip', 'email']).map(({ id }) => id)).toEqual(['email', 'ip']);
  expect(rulesNamed(['all'])).toEqual(REDACTION_RULES);
  const redaction = new Redaction(rulesNamed(['/order \\d+/i', 'ip']));
  expect(redaction.apply('Order 17 from 10.1.2.3')).toBe('[removed] from [ip]');
  expect(redaction.removed().map(({ what, count }) => [what, count])).toEqual([
    ['IP addresses', 1],
    ['matches of /order \\d+/i', 1],
  ]);
});

test('a name that no rule has, and a pattern that is none, are said', () => {
  expect(() => rulesNamed(['phone'])).toThrow(UsageError);
  expect(() => rulesNamed(['/(/'])).toThrow(/\/\(\//);
});
