// Who has which part of the memory that compiled scanners work on. Read by both languages (AssemblyScript and TypeScript), so it holds
// nothing but numbers. Unit: bytes.

/** All of it, in WebAssembly's pages of 64 KiB. It never grows: views of it stay valid. */
export const PAGES = 10;

/** Lines of logs (logs/line-run.as.ts): the shape that is looked for, then what was found. */
export const LINES_AT = 0x400;
export const LINES_BYTES = 0x3fc00;

/** What files are read into. Scanners may look a little past its end, at whatever stands there. */
export const ROOM_AT = 0x40000;
export const ROOM_BYTES = 0x40000;

/** Rows of samples (csv/row-run.as.ts): tables, and the cells of some rows. Behind the room, not where scanners may look. */
export const ROWS_AT = 0x81000;
export const ROWS_BYTES = 0xf000;

/** Statements of logs (suspects/mask.as.ts): tables, and the pieces of one line. */
export const MASK_AT = 0x90000;
export const MASK_BYTES = 0x8000;

/** Words that are looked for (logs/needles.as.ts): tables. */
export const NEEDLES_AT = 0x98000;
export const NEEDLES_BYTES = 0x1000;
