import type { PhaseKind } from '@tidemark/shared/phases/phase.js';
import { expect, test } from 'vitest';
import { commonPhases } from './common-phases.js';

const phase = (kind: PhaseKind, name: string | null) => ({
  kind,
  name,
  startMs: 0,
  durationMs: 1000,
  deltaBytes: 0,
  endBytes: 0,
});

test('runs meet at phases that all of them have, each by what names it', () => {
  const first = [phase('plateau', null), phase('rise', 'loading'), phase('plateau', null), phase('drop', 'done')];
  const second = [phase('plateau', null), phase('climb', 'loading data'), phase('fall', 'end')];
  expect(commonPhases(first, [second]).map(({ label }) => label)).toEqual(['plateau', 'rise: loading']);
});

test('without a phase in common there are only the starts', () => {
  expect(commonPhases([phase('rise', 'a')], [[phase('drop', 'b')]])).toEqual([]);
  expect(commonPhases([phase('rise', 'a')], [[phase('rise', 'a')], []])).toEqual([]);
});
