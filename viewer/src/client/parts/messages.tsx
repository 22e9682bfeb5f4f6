// Short messages at the foot of the page, and the voice for screen readers.
import { announced, dismiss, messages } from '../state/messages.js';
import { Icon } from './icons.js';

export function Messages() {
  return (
    <>
      <div class="messages">
        {messages.value.map(({ id, text, advice, kind, action }) => (
          <div key={id} class={`message message-${kind}`} role={kind === 'error' ? 'alert' : 'status'}>
            <span>
              {text}
              {advice !== undefined && <span class="message-advice">{advice}</span>}
            </span>
            {action !== undefined && (
              <button
                type="button"
                class="button"
                onClick={() => {
                  action.run();
                  dismiss(id);
                }}
              >
                {action.label}
              </button>
            )}
            <button
              type="button"
              class="button button-icon button-quiet"
              aria-label="Dismiss message"
              onClick={() => dismiss(id)}
            >
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
      <p class="sr-only" aria-live="polite">
        {announced.value}
      </p>
    </>
  );
}
