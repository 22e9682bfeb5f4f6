// What all drawn runs have in common.

/** When they begin. */
export const START = Date.UTC(2026, 10, 20, 16, 35, 1);
export const MIB = 2 ** 20;
