// For tests: how much work reading a log takes, counted and not timed. Work is the bytes that are asked of the file, and the characters
// and bytes that regular expressions, decoders and JSON.parse pass over. Not seen are loops over bytes that are held already, and an
// expression that goes back within its text: for these fuzz.test.ts has shapes that would run into its time limit.
import type { ByteSource } from '../bytes.js';
import { textFile } from './fixtures-text.js';

/** What `read` does with a file of that content. */
export async function workOf(
  content: string | Uint8Array,
  read: (file: ByteSource) => Promise<unknown>,
): Promise<number> {
  let work = 0;
  const file = textFile(content);
  const counted: ByteSource = {
    ...file,
    name: file.name,
    size: () => file.size(),
    async read(from, to) {
      const bytes = await file.read(from, to);
      work += bytes.length;
      return bytes;
    },
  };
  const { exec } = RegExp.prototype;
  const { decode } = TextDecoder.prototype;
  const { parse } = JSON;
  // test, match, matchAll, replace, search and split all come through here while it is not the language's own.
  RegExp.prototype.exec = function passedOver(text: string) {
    const from = this.global || this.sticky ? this.lastIndex : 0;
    const found = exec.call(this, text);
    if (found !== null) work += found.index + found[0].length - from;
    else work += this.sticky ? 1 : Math.max(0, text.length - from);
    work += 1;
    return found;
  };
  TextDecoder.prototype.decode = function decoded(...[bytes, options]: Parameters<typeof decode>) {
    work += (bytes as Uint8Array | undefined)?.byteLength ?? 0;
    return decode.call(this, bytes, options);
  };
  JSON.parse = (text: string, reviver?: Parameters<typeof parse>[1]): unknown => {
    work += text.length;
    return parse(text, reviver);
  };
  try {
    await read(counted);
  } finally {
    RegExp.prototype.exec = exec;
    TextDecoder.prototype.decode = decode;
    JSON.parse = parse;
  }
  return work;
}
