// The filter that can be carried out, and what is wrong with one that cannot.

import { computed } from '@preact/signals';
import type { LogFilter } from '@tidemark/shared/view/data-source.js';
import { filter, isFiltering } from './choice.js';

/** Null when the filter makes sense; else what the expression lacks, in the engine's words. */
export function whatIsWrong({ text, regex }: LogFilter): string | null {
  if (!regex || text === '') return null;
  try {
    new RegExp(text, 'i');
    return null;
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    return said.replace(/^Invalid regular expression: /, '').replace(/^\/.*\/[a-z]*: /s, '');
  }
}

export const filterTrouble = computed(() => whatIsWrong(filter.value));

/** An expression that is not finished yet filters nothing; the other conditions still count. */
export const soundFilter = computed((): LogFilter => {
  const wanted = filter.value;
  return filterTrouble.value === null ? wanted : { ...wanted, text: '', regex: false };
});

export const filtering = computed(() => isFiltering(soundFilter.value));
