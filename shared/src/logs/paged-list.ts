// A long list of numbers in pages: it grows without being copied, so that there is never a second one in memory.

export const PAGE_BYTES = 64 * 1024;

type Page = Float64Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;

export class PagedList<P extends Page = Page> {
  readonly #pages: P[] = [];
  readonly #shift: number;
  readonly #mask: number;
  length = 0;

  /** `Kind` is Float64Array or Uint32Array. */
  constructor(private readonly Kind: { new (buffer: ArrayBuffer): P; readonly BYTES_PER_ELEMENT: number }) {
    this.#shift = Math.log2(PAGE_BYTES / Kind.BYTES_PER_ELEMENT);
    this.#mask = (1 << this.#shift) - 1;
  }

  push(value: number): void {
    if (this.length >> this.#shift === this.#pages.length) this.#pages.push(new this.Kind(new ArrayBuffer(PAGE_BYTES)));
    this.#pages[this.length >> this.#shift]![this.length & this.#mask] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#pages[index >> this.#shift]![index & this.#mask]!;
  }

  set(index: number, value: number): void {
    this.#pages[index >> this.#shift]![index & this.#mask] = value;
  }

  truncate(length: number): void {
    this.length = Math.min(this.length, length);
    this.#pages.length = this.#pagesOf(this.length);
  }

  /** Whole pages of PAGE_BYTES; the last one holds something else behind `length`. Not to be changed. */
  pages(): readonly ArrayBuffer[] {
    return this.#pages.map(({ buffer }) => buffer);
  }

  /** Takes over the first of these pages, as `pages` gave them, and returns how many; there must be enough of them. */
  load(pages: readonly ArrayBuffer[], length: number): number {
    const count = this.#pagesOf(length);
    this.#pages.splice(0, this.#pages.length, ...pages.slice(0, count).map((page) => new this.Kind(page)));
    this.length = length;
    return count;
  }

  #pagesOf(length: number): number {
    return Math.ceil(length / (1 << this.#shift));
  }
}
