// One line a sampler. Columns stand in files in the order of shared/src/recording/columns.ts, whatever the order here.
import { container } from './container.js';
import { job } from './job.js';
import { machine } from './machine.js';
import { pressure } from './pressure.js';
import type { SamplerMaker } from './sampler.js';

export const SAMPLERS: readonly SamplerMaker[] = [job, container, machine, pressure];
