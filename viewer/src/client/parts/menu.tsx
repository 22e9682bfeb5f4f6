// A button that opens something below it, closed by Escape, by a click elsewhere, or by leaving it with the keyboard.
import type { ComponentChildren } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';

const EDGE_PX = 8;
/** With less below it than this, the page itself is scrolled. */
const LEAST_ROOM_PX = 200;

interface MenuProps {
  readonly label: ComponentChildren;
  readonly name: string;
  readonly className?: string;
  readonly buttonClass?: string;
  readonly disabled?: boolean;
  /** What is inside; called only while open. `close` gives the focus back to the button. */
  readonly children: (close: () => void) => ComponentChildren;
}

export function Menu({ label, name, className = '', buttonClass = 'button', disabled = false, children }: MenuProps) {
  const [open, setOpen] = useState(false);
  const box = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const body = useRef<HTMLFieldSetElement>(null);
  const close = () => {
    setOpen(false);
    button.current?.focus();
  };

  // What does not fit below the button is reached by scrolling inside, not by scrolling the page away from it.
  useLayoutEffect(() => {
    if (body.current === null) return;
    const room = innerHeight - body.current.getBoundingClientRect().top - EDGE_PX;
    if (room >= LEAST_ROOM_PX) body.current.style.maxHeight = `${room}px`;
    else body.current.scrollIntoView({ block: 'nearest' });
  }, [open]);

  useEffect(() => {
    if (!open) return;
    const outside = (event: Event) => {
      if (event.target instanceof Node && !box.current?.contains(event.target)) setOpen(false);
    };
    const onEscape = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      setOpen(false);
      button.current?.focus();
    };
    const element = box.current;
    element?.addEventListener('keydown', onEscape);
    document.addEventListener('pointerdown', outside);
    document.addEventListener('focusin', outside);
    return () => {
      element?.removeEventListener('keydown', onEscape);
      document.removeEventListener('pointerdown', outside);
      document.removeEventListener('focusin', outside);
    };
  }, [open]);

  return (
    <div class={`menu ${className}`} ref={box}>
      <button
        type="button"
        ref={button}
        class={buttonClass}
        disabled={disabled}
        aria-expanded={open}
        aria-label={name}
        title={name}
        onClick={() => setOpen(!open)}
      >
        {label}
      </button>
      {open && (
        <fieldset ref={body} class="menu-body" aria-label={name}>
          {children(close)}
        </fieldset>
      )}
    </div>
  );
}
