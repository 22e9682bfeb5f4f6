// What scripts/compile-scanner.mjs makes of an import of a *.wasm.
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export default bytes;
}
