// A long list of doubles in pages: it grows without being copied, so that there is never a second one in memory.

const SHIFT = 13;
export const PAGE_NUMBERS = 1 << SHIFT;
const MASK = PAGE_NUMBERS - 1;

export class PagedList {
  readonly #pages: Float64Array<ArrayBuffer>[] = [];
  length = 0;

  push(value: number): void {
    if (this.length >> SHIFT === this.#pages.length) this.#pages.push(new Float64Array(PAGE_NUMBERS));
    this.#pages[this.length >> SHIFT]![this.length & MASK] = value;
    this.length += 1;
  }

  at(index: number): number {
    return this.#pages[index >> SHIFT]![index & MASK]!;
  }

  set(index: number, value: number): void {
    this.#pages[index >> SHIFT]![index & MASK] = value;
  }

  truncate(length: number): void {
    this.length = Math.min(this.length, length);
    this.#pages.length = Math.ceil(this.length / PAGE_NUMBERS);
  }

  /** Whole pages; the last one holds something else behind `length`. Not to be changed. */
  pages(): readonly Float64Array<ArrayBuffer>[] {
    return this.#pages;
  }

  /** Takes over pages as `pages` gave them. */
  load(pages: readonly Float64Array<ArrayBuffer>[], length: number): void {
    this.#pages.splice(0, this.#pages.length, ...pages);
    this.length = length;
  }
}
