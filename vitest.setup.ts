// Property tests look at the same cases in every run, so that a red run is about the change at hand. FC_SEED chooses others.
import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.FC_SEED ?? 20261120) });
