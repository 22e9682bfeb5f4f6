// The ways in which memory grows with the size of the input. Each is fixed + proportional * f(size).

export type ModelName = 'constant' | 'log' | 'linear' | 'n-log-n' | 'quadratic';
/** Against the size: what a person asks first. */
export type Growth = 'constant' | 'sublinear' | 'linear' | 'superlinear';

export interface GrowthModel {
  readonly name: ModelName;
  readonly growth: Growth;
  /** How it is written: "a + b n log n". */
  readonly formula: string;
  readonly f: (size: number) => number;
}

/** The likelier first: of models that the points cannot tell apart the first one is named. */
export const MODELS: readonly GrowthModel[] = [
  { name: 'constant', growth: 'constant', formula: 'a', f: () => 0 },
  { name: 'linear', growth: 'linear', formula: 'a + b n', f: (n) => n },
  { name: 'log', growth: 'sublinear', formula: 'a + b log n', f: (n) => Math.log(n) },
  { name: 'n-log-n', growth: 'superlinear', formula: 'a + b n log n', f: (n) => n * Math.log(n) },
  { name: 'quadratic', growth: 'superlinear', formula: 'a + b n^2', f: (n) => n * n },
];
