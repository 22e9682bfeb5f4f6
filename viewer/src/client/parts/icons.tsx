// Small pictures, drawn as text is: in the current colour. Always beside a name for screen readers.

const PATHS = {
  open: 'M2.5 12.5v-9h4l1.5 2h5.5v7z',
  export: 'M8 2.5v7m-3-3 3 3 3-3M3 11v2.5h10V11',
  copy: 'M5.5 5.5v-3h8v8h-3m-8-5h8v8h-8z',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1v1.6m0 10.8V15M1 8h1.6m10.8 0H15M3 3l1.2 1.2m7.6 7.6L13 13m0-10-1.2 1.2m-7.6 7.6L3 13',
  moon: 'M13.5 9.6A5.8 5.8 0 0 1 6.4 2.5a5.8 5.8 0 1 0 7.1 7.1z',
  system: 'M2.5 3h11v7.5h-11zM6 13.5h4m-2-3v3',
  note: 'M3 2.5h10v8L10 13.5H3zM13 10.5h-3v3M5.5 5.5h5m-5 2.5h3',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3',
  pause: 'M5.5 3.5v9m5-9v9',
  play: 'M5 3.5v9l7-4.5z',
  close: 'm4 4 8 8m0-8-8 8',
  edit: 'm3 13 .7-2.9 7-7 2.2 2.2-7 7z',
  bin: 'M3 4.5h10M6.5 4V2.5h3V4m-5 .5.6 9h5.8l.6-9',
  clock: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2M8 5v3.2l2.2 1.4',
  columns: 'M2.5 3h11v10h-11zM6 3v10m3.5-10v10',
  search: 'M7 2.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4m3 7.2 3.5 3.5',
  down: 'm4 6 4 4 4-4',
  up: 'm4 10 4-4 4 4',
  info: 'M8 2.2a5.8 5.8 0 1 0 0 11.6A5.8 5.8 0 0 0 8 2.2m0 5.3V11m0-6v.2',
  swap: 'M3 5.5h9.5m-2.5-2.5 2.5 2.5L10 8M13 10.5H3.5M6 8l-2.5 2.5L6 13',
  flag: 'M4 14V2.5l8 3-8 3',
  warn: 'M8 2.5 14 13H2zm0 4v3m0 1.8v.2',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}
