// The whole text of the line that was picked: rows are one line high, messages are not.
import type { LogView } from '@tidemark/shared/view/data-source.js';
import { Icon } from '../parts/icons.js';
import { say } from '../state/messages.js';
import { hitLine } from '../state/near-line.js';
import { plainText } from './ansi.js';
import { arrived, lineOf } from './line-cache.js';

export function Detail({ log }: { log: LogView }) {
  arrived.value;
  const hit = hitLine.value;
  const line = hit?.log === log.id ? lineOf(hit.line) : undefined;
  if (line === undefined) return null;
  const text = plainText(line.text);
  const copy = (): void => {
    navigator.clipboard?.writeText(text).then(
      () => say({ text: 'Line copied.', kind: 'done' }),
      () => say({ text: 'The browser did not allow copying.', kind: 'error' }),
    );
  };
  return (
    <section class="detail" aria-label="The line that was picked">
      <span class="detail-where">{`line ${line.line}${line.stream === null ? '' : `, ${line.stream}`}`}</span>
      <pre class="detail-text">{text}</pre>
      <div class="detail-actions">
        <button
          type="button"
          class="button button-icon button-quiet"
          aria-label="Copy line"
          title="Copy"
          onClick={copy}
        >
          <Icon name="copy" />
        </button>
        <button
          type="button"
          class="button button-icon button-quiet"
          aria-label="Close line"
          title="Close"
          onClick={() => {
            hitLine.value = null;
          }}
        >
          <Icon name="close" />
        </button>
      </div>
    </section>
  );
}
