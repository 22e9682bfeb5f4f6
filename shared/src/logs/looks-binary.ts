// Tells text from what is none, by the first bytes.
import { detectUtf16 } from './utf16.js';

/**
 * True for programs, archives, pictures. Escape sequences, broken UTF-8 and a hole of NULs (after a power cut) are found in
 * logs; other control characters are not, or hardly.
 */
export function looksBinary(head: Uint8Array): boolean {
  if (head.length === 0 || detectUtf16(head) !== null) return false;
  let controls = 0;
  let nuls = 0;
  for (const byte of head) {
    if (byte === 0) nuls += 1;
    // Tab, LF, VT, FF, CR, BEL, backspace and ESC are drawn by terminals.
    else if (byte < 32 && !((byte >= 7 && byte <= 13) || byte === 27)) controls += 1;
  }
  const other = head.length - nuls;
  return other === 0 || controls > 0.02 * other;
}
