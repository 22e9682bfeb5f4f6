// What quantities are: a name, a sentence, where the figure comes from.
import type { ComponentChildren } from 'preact';

export interface Told {
  readonly key: string;
  readonly name: ComponentChildren;
  readonly says: string;
  /** Empty where nothing more is known. */
  readonly source: string;
}

export function QuantityList({ told }: { told: readonly Told[] }) {
  return (
    <dl class="quantities">
      {told.map(({ key, name, says, source }) => (
        <div key={key} class="quantity">
          <dt>{name}</dt>
          <dd>
            {says}
            {source !== '' && <span class="quantity-source">{source}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
