/** For an option that may be given several times: all its values, in order. */
export const repeatable = (value: string, before: readonly string[]): string[] => [...before, value];
