// Light or dark: the system's unless chosen. The choice is put on the root element, which public/theme.js does before the
// first paint, and is remembered for the next visit.
import { computed, effect, signal } from '@preact/signals';
import { type Theme as ColourTheme, THEMES } from '../../chart/palette.js';
import { choose, theme as chosenTheme, type Theme } from './choice.js';

const KEY = 'tidemark-theme';
const systemIsDark = signal(false);

export const shade = computed((): 'light' | 'dark' => {
  const wanted = chosenTheme.value;
  return wanted === 'system' ? (systemIsDark.value ? 'dark' : 'light') : wanted;
});

/** The colours that the canvas draws with. */
export const palette = computed(() => THEMES[shade.value]);

/** A colour for a style sheet: of the theme that is in force, on paper the light one. */
export const inEither = (of: (theme: ColourTheme) => string): string =>
  `light-dark(${of(THEMES.light)}, ${of(THEMES.dark)})`;

export function watchTheme(): void {
  const query = matchMedia('(prefers-color-scheme: dark)');
  systemIsDark.value = query.matches;
  query.addEventListener('change', ({ matches }) => {
    systemIsDark.value = matches;
  });
  effect(() => {
    const wanted = chosenTheme.value;
    if (wanted === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = wanted;
  });
}

/** What was chosen on an earlier visit. */
export function rememberedTheme(): Theme {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

export function chooseTheme(next: Theme): void {
  choose({ theme: next });
  try {
    if (next === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // Storage may be forbidden: the address still holds the choice.
  }
}

/** System, light, dark, and around again. */
export function nextTheme(now: Theme): Theme {
  return now === 'system' ? 'light' : now === 'light' ? 'dark' : 'system';
}
