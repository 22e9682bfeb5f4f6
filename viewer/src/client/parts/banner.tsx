// What must not be overlooked: the connection is gone, or a recording has something to say about itself.
import { signal } from '@preact/signals';
import { connected, recordings, reportFacts } from '../state/opened.js';
import { Icon } from './icons.js';

const dismissed = signal<ReadonlySet<string>>(new Set());

export function Banner() {
  const remarks = [
    ...(reportFacts?.remarks ?? []),
    ...recordings.value.flatMap((recording) =>
      recording.remarks.map((text) => (recordings.value.length > 1 ? `${recording.name}: ${text}` : text)),
    ),
  ];
  return (
    <div class="banners">
      {!connected.value && (
        <p class="banner banner-bad" role="alert">
          <Icon name="warn" />
          The viewer does not answer. What is shown stays; trying again by itself.
        </p>
      )}
      {remarks
        .filter((text) => !dismissed.value.has(text))
        .map((text) => (
          <p class="banner" key={text} role="status">
            <span>{text}</span>
            <button
              type="button"
              class="button button-icon button-quiet"
              aria-label="Dismiss remark"
              onClick={() => {
                dismissed.value = new Set([...dismissed.peek(), text]);
              }}
            >
              <Icon name="close" />
            </button>
          </p>
        ))}
    </div>
  );
}
