/** JSON as bytes: `shared` has no TextEncoder, so every other character is escaped. */
export function asciiBytes(json: string): Uint8Array {
  const text = json.replace(/[^\x20-\x7e]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);
  const out = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) out[i] = text.charCodeAt(i);
  return out;
}
