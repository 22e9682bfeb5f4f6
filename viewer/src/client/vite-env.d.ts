declare const __TIDEMARK_VERSION__: string;
declare module '*.css';
declare module '*.ttf' {
  const address: string;
  export default address;
}
