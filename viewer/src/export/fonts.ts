// The pictures' font. Without one @napi-rs/canvas draws no text and says nothing about it, so a missing file is trouble.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { GlobalFonts } from '@napi-rs/canvas';
import { UnavailableError } from '@tidemark/shared/errors.js';
import { FONT } from '../chart/text.js';

/** As the build names them, and as the package that they come from does. */
const FILES = [
  ['Inter-Regular.ttf', '400Regular/Inter_400Regular.ttf'],
  ['Inter-SemiBold.ttf', '600SemiBold/Inter_600SemiBold.ttf'],
] as const;

let registered = false;

/** Registers the fonts once for the process. Throws UnavailableError when their files are not there. */
export function registerFonts(fonts: typeof GlobalFonts): void {
  if (registered) return;
  const here = dirname(fileURLToPath(import.meta.url));
  for (const [built, packaged] of FILES) {
    const places = [
      join(here, 'fonts', built), // dist/index.js
      join(here, '..', 'fonts', built), // dist/chunks/*.js
      join(here, '../../node_modules/@expo-google-fonts/inter', packaged), // from source
    ];
    const path = places.find((place) => existsSync(place));
    if (path === undefined || fonts.registerFromPath(path, FONT) === null) {
      throw new UnavailableError(`The font for pictures is missing: ${places[0]}`, 'Run `npm run build`.');
    }
  }
  registered = true;
}
