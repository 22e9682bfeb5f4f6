// What a command prints on stdout, for a person or for the next program in the pipe.
import { once } from 'node:events';

let watching = false;

/**
 * Writes to stdout; resolves when more may follow. `tidemark report | head` ends quietly.
 * `tidemark run` never comes here: merely touching process.stdout would change the descriptor that its job writes to.
 */
export async function print(text: string): Promise<void> {
  if (!watching) {
    watching = true;
    process.stdout.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit(0);
      throw error;
    });
  }
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}
