// One line a sampler, those that need the job's tree of this tick after `job`, which looks at it. Columns stand in files in the order of shared/src/recording/columns.ts, whatever the order here.
import { container } from './container.js';
import { gpu } from './gpu.js';
import { job } from './job.js';
import { machine } from './machine.js';
import { ownCost } from './own-cost.js';
import { pressure } from './pressure.js';
import { pss } from './pss.js';
import type { SamplerMaker } from './sampler.js';

export const SAMPLERS: readonly SamplerMaker[] = [job, pss, container, machine, pressure, gpu, ownCost];
