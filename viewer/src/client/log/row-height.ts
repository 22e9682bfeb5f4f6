/** Height of a row, as in tokens.css; of a wrapped one the least. Unit: CSS pixels. */
export const ROW_HEIGHT = 22;
