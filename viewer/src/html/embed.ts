// The page with its data inside: one file that opens from a disk, with the network off. scripts/build-report-page.mjs makes the page of one
// piece (dist/page/report.html); here the data are put where its mark stands.
//
// Data stand in script elements of a type that no browser runs, as base64 of gzip: nothing in them can end the element or be taken for markup.

/** Where the data go in the page of one piece. Also written in scripts/build-report-page.mjs. */
export const DATA_MARK = '<!-- tidemark:data -->';
/** The type of a script element that holds a file. */
export const FILE_TYPE = 'application/x-tidemark-file';
/** The type of the one that holds `ReportFacts`. */
export const FACTS_TYPE = 'application/x-tidemark-facts';

/** What the page should know about the file that it is. */
export interface ReportFacts {
  readonly madeAt: string;
  /** What was left out or taken out, in whole sentences. */
  readonly remarks: readonly string[];
  /** The person's own figures in the logs, NAME=PATTERN each; left out for none. */
  readonly series?: readonly string[];
  /** The address's part behind "#": the view to begin with. */
  readonly view: string;
}

/** One file of a recording, or a log. `path` says what it is, as in a folder that is dropped on the page. */
export interface ReportFile {
  readonly path: string;
  readonly modifiedMs: number;
  readonly bytes: AsyncIterable<Uint8Array>;
}

/** Throws when `template` is not the page of one piece. */
export async function* embed(
  template: string,
  facts: ReportFacts,
  files: AsyncIterable<ReportFile>,
): AsyncGenerator<string> {
  const at = template.indexOf(DATA_MARK);
  if (at < 0) throw new Error('the page of one piece has no place for data');
  yield template.slice(0, at);
  for await (const { path, modifiedMs, bytes } of files) {
    yield `<script type="${FILE_TYPE}" data-path="${attribute(path)}" data-modified="${Math.round(modifiedMs)}">`;
    yield await packed(bytes);
    yield '</script>\n';
  }
  // After the files: what was taken out of them is known only then. In JSON inside a script only "<" could be taken for its end.
  yield `<script type="${FACTS_TYPE}">${JSON.stringify(facts).replaceAll('<', '\\u003c')}</script>\n`;
  yield template.slice(at + DATA_MARK.length);
}

async function packed(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const from = bytes[Symbol.asyncIterator]();
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    async pull(controller) {
      const { done, value } = await from.next();
      if (done) controller.close();
      else controller.enqueue(value as Uint8Array<ArrayBuffer>);
    },
  });
  const zipped = await new Response(stream.pipeThrough(new CompressionStream('gzip'))).arrayBuffer();
  return base64(new Uint8Array(zipped));
}

/** A multiple of three, so that the parts can stand one behind the other. */
const PART = 0x6000;

function base64(bytes: Uint8Array): string {
  let out = '';
  for (let at = 0; at < bytes.length; at += PART) {
    out += btoa(String.fromCharCode(...bytes.subarray(at, at + PART)));
  }
  return out;
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const attribute = (text: string): string => text.replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);
