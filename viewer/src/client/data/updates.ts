// Changes of the session, pushed by the server. One connection for each page that is looked at: a hidden tab lets go of its
// own, because a browser keeps only six to one server and tabs would starve each other.
import type { Session } from '@tidemark/shared/view/data-source.js';

/** How long to wait before trying again when the server refused or vanished. Unit: ms. */
const RETRY_MS = 1000;
const LONGEST_RETRY_MS = 10_000;

export function followUpdates(
  listener: (session: Session) => void,
  onConnection?: (connected: boolean) => void,
): () => void {
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = RETRY_MS;
  let connected: boolean | null = null;
  let server: string | null = null;
  let shown: string | null = null;
  let moved = false;

  const say = (now: boolean): void => {
    if (connected === now) return;
    connected = now;
    onConnection?.(now);
  };
  const letGo = (): void => {
    clearTimeout(timer);
    source?.close();
    source = null;
  };
  const connect = (): void => {
    letGo();
    const mine = new EventSource('/api/updates');
    source = mine;
    mine.addEventListener('open', () => {
      wait = RETRY_MS;
      say(true);
    });
    mine.addEventListener('server', (event) => {
      const name = (event as MessageEvent<string>).data;
      moved = server !== null && server !== name;
      server = name;
    });
    mine.addEventListener('session', (event) => {
      const session = JSON.parse((event as MessageEvent<string>).data) as Session;
      const named = whatIsOpen(session);
      if (moved && shown !== null && shown !== named) {
        // Another `tidemark view` took the port: nothing of what this page holds fits to what is open there.
        letGo();
        location.replace(location.pathname);
        return;
      }
      moved = false;
      shown = named;
      say(true);
      listener(session);
    });
    mine.addEventListener('error', () => {
      say(false);
      // Left alone, a browser retries only some failures, and each in its own time.
      mine.close();
      if (source !== mine) return;
      source = null;
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_RETRY_MS);
    });
  };
  const onVisibility = (): void => {
    if (document.visibilityState === 'hidden') letGo();
    else if (source === null) connect();
  };

  document.addEventListener('visibilitychange', onVisibility);
  if (document.visibilityState !== 'hidden') connect();
  return () => {
    document.removeEventListener('visibilitychange', onVisibility);
    letGo();
  };
}

function whatIsOpen({ recordings, logs }: Session): string {
  return JSON.stringify([
    recordings.map(({ id, name, info, startMs }) => [id, name, info?.started_at ?? startMs]),
    logs.map(({ id, name }) => [id, name]),
  ]);
}
