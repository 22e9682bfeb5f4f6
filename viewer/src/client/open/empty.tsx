// The page when there is nothing to show: what to do, or what went wrong.
import { status } from '../state/opened.js';
import { OpenButton } from './open-button.js';

export function Empty() {
  const now = status.value;
  const failed = now.kind === 'failed';
  return (
    <section class="empty" aria-label={failed ? 'Trouble' : 'Nothing is open'} role={failed ? 'alert' : undefined}>
      <svg class="empty-picture" viewBox="0 0 240 90" aria-hidden="true">
        <path class="logo-line" d="M10 18h220" />
        <path class="logo-water" d="M10 80c24 0 22-56 52-56s26 26 52 26 22-18 50-18 28 30 66 30" />
      </svg>
      <h1>{failed ? 'The recording cannot be shown' : 'Nothing is open yet'}</h1>
      {failed ? (
        <>
          <p class="empty-facts">{now.message}</p>
          {now.advice !== null && <p>{now.advice}</p>}
        </>
      ) : (
        <p>Drop a CSV with a time column and the logs beside it, or a whole recording's folder, onto this page.</p>
      )}
      <OpenButton primary />
      <dl class="empty-commands">
        <dt>Record a job and look at it</dt>
        <dd>
          <code>tidemark run -- your command</code>
          <code>tidemark view</code>
        </dd>
      </dl>
      <p class="empty-hint">Files are read in this page. Nothing is uploaded.</p>
    </section>
  );
}
