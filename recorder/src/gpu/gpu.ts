// `--gpu`: which cards there are, found out once before recording begins. Absent is no error: it is said, and nothing is recorded of it.
import { sayOnce } from '../recording/say.js';
import { askCards, askProcesses, type Card, type GpuProcess } from './nvidia-smi.js';

/** Cards beyond this have no column of their own; the sums count them. */
export const MOST_CARDS = 16;

export interface Gpu {
  readonly cards: readonly Card[];
  readonly askCards: () => Promise<readonly Card[]>;
  readonly askProcesses: () => Promise<readonly GpuProcess[]>;
}

/** Says what is missing, once. */
export async function gpuAsked(asked: boolean): Promise<Gpu | null> {
  if (!asked) return null;
  const found = await findGpu();
  if (typeof found !== 'string') return found;
  sayOnce('gpu', `--gpu: ${found}; no GPU is recorded`);
  return null;
}

/** A text says why there is nothing to record. */
async function findGpu(): Promise<Gpu | string> {
  try {
    const cards = await askCards();
    return cards.length === 0 ? 'nvidia-smi knows no card' : { cards, askCards, askProcesses };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
