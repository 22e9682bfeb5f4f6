// UTF-16 logs (Windows writes them) are turned into UTF-8 when they are opened, so that one reader serves all.
import type { ByteSource } from '../bytes.js';

/** Larger files are read as they are, and said to be. */
const UTF16_LIMIT_BYTES = 64 * 1024 * 1024;

export type Utf16 = 'utf-16le' | 'utf-16be';

/** From the first bytes: a byte order mark, or a zero in every second place. Null for anything else. */
export function detectUtf16(head: Uint8Array): Utf16 | null {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  const length = Math.min(head.length & ~1, 512);
  if (length < 8) return null;
  let even = 0;
  let odd = 0;
  for (let at = 0; at < length; at += 2) {
    if (head[at] === 0) even += 1;
    if (head[at + 1] === 0) odd += 1;
  }
  const half = length / 2;
  if (odd > 0.7 * half && even < 0.1 * half) return 'utf-16le';
  if (even > 0.7 * half && odd < 0.1 * half) return 'utf-16be';
  return null;
}

/** The whole file as UTF-8, without a byte order mark. */
export function utf8FromUtf16(bytes: Uint8Array, encoding: Utf16): Uint8Array {
  const text = new TextDecoder(encoding).decode(bytes);
  const out = new Uint8Array(text.length * 3);
  let to = 0;
  for (let at = 0; at < text.length; at += 1) {
    let code = text.codePointAt(at)!;
    if (code > 0xffff) at += 1;
    if (code >= 0xd800 && code < 0xe000) code = 0xfffd;
    if (code < 0x80) out[to++] = code;
    else if (code < 0x800) {
      out[to++] = 0xc0 | (code >> 6);
      out[to++] = 0x80 | (code & 63);
    } else if (code < 0x10000) {
      out[to++] = 0xe0 | (code >> 12);
      out[to++] = 0x80 | ((code >> 6) & 63);
      out[to++] = 0x80 | (code & 63);
    } else {
      out[to++] = 0xf0 | (code >> 18);
      out[to++] = 0x80 | ((code >> 12) & 63);
      out[to++] = 0x80 | ((code >> 6) & 63);
      out[to++] = 0x80 | (code & 63);
    }
  }
  return out.subarray(0, to);
}

/** The log as UTF-8: itself, or turned into it; `remark` is what the person should know of that. */
export async function inUtf8(source: ByteSource): Promise<{ source: ByteSource; remark: string | null }> {
  const size = await source.size();
  const encoding = detectUtf16(await source.read(0, Math.min(size, 1024)));
  if (encoding === null) return { source, remark: null };
  if (size <= UTF16_LIMIT_BYTES) return { source: asUtf8(source, encoding), remark: null };
  return { source, remark: 'The file is UTF-16 and too large to be turned into UTF-8; its text is not readable.' };
}

/** A source that reads `source` as UTF-8; the text is held, and made anew when the file has changed its size. */
function asUtf8(source: ByteSource, encoding: Utf16): ByteSource {
  let held: { readonly size: number; readonly bytes: Uint8Array } | null = null;
  const load = async (): Promise<Uint8Array> => {
    const size = await source.size();
    if (held?.size !== size) held = { size, bytes: utf8FromUtf16(await source.read(0, size), encoding) };
    return held.bytes;
  };
  return {
    name: source.name,
    size: async () => (await load()).length,
    read: async (from, to) => (await load()).subarray(from, to),
  };
}
