// Lines read as text and as bytes, for tests that both say the same.
import { type LineFacts, LineReader } from './line-reader.js';
import { makePlan } from './read-plan.js';
import { LineSplitter } from './split-lines.js';

/** Reads the lines twice: as text, and as bytes. */
export function bothWays(lines: readonly string[]): { slow: LineFacts[]; fast: LineFacts[]; asText: number } {
  const plan = makePlan(lines, { year: 2024, modifiedMs: Date.UTC(2024, 11, 31) });
  const byText = new LineReader(plan);
  const byBytes = new LineReader(plan);
  const fast: LineFacts[] = [];
  let asText = 0;
  const visit = (line: Parameters<Parameters<LineSplitter['push']>[1]>[0]): undefined => {
    const { text } = line;
    fast.push({
      ...byBytes.readLine(
        {
          ...line,
          text: (from, to) => {
            asText += 1;
            return text(from, to);
          },
        },
        line.from,
      ),
    });
  };
  const splitter = new LineSplitter();
  splitter.push(new TextEncoder().encode(`${lines.join('\n')}\n`), visit);
  return { slow: lines.map((line) => ({ ...byText.read(line) })), fast, asText };
}
