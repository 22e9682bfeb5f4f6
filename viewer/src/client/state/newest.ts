// Requests that follow a moving view: one is under way at a time, and of those asked for meanwhile only the newest is made.
// Unlike aborting, this still shows something while the view moves faster than answers come.

export type Ask = (work: () => Promise<void>) => void;

export function newestOnly(onError: (error: unknown) => void): Ask {
  let busy = false;
  let waiting: (() => Promise<void>) | null = null;
  const run = async (first: () => Promise<void>): Promise<void> => {
    busy = true;
    for (let work: (() => Promise<void>) | null = first; work !== null; ) {
      waiting = null;
      try {
        await work();
      } catch (error) {
        onError(error);
      }
      work = waiting;
    }
    busy = false;
  };
  return (work) => {
    if (busy) waiting = work;
    else void run(work);
  };
}
