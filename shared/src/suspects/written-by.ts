// Which lines of a log a statement wrote, told from the line alone: for a list that shows some lines and has not read the rest.
import { mask } from './mask.js';
import { messageText } from './message-text.js';
import { noPieces, rendered, WILDCARD } from './pieces.js';
import { undisguised } from './templates.js';

const encoder = new TextEncoder();

/** `statement` is a template in full, as mining gives it. */
export function writtenBy(statement: string): (line: string) => boolean {
  const wanted = statement.split(' ');
  const pieces = noPieces();
  return (line) => {
    const bytes = encoder.encode(messageText(line));
    mask(bytes, 0, bytes.length, pieces);
    const words = rendered(bytes, pieces).split(' ');
    return (
      words.length === wanted.length &&
      wanted.every((word, at) => word === words[at] || word === WILDCARD || word === undisguised(words[at]!))
    );
  };
}
