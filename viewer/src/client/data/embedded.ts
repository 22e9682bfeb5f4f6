// The data inside the page itself, where the page is a report of one file (viewer/src/html/embed.ts).
import { FACTS_TYPE, FILE_TYPE, type ReportFacts } from '../../html/embed.js';

/** Null where the page came from a server. */
export function embeddedFacts(): ReportFacts | null {
  // Tests load this without a page.
  const text = globalThis.document?.querySelector(`script[type="${FACTS_TYPE}"]`)?.textContent;
  return text ? (JSON.parse(text) as ReportFacts) : null;
}

/** As if they had been dropped on the page. */
export async function embeddedFiles(): Promise<File[]> {
  const elements = document.querySelectorAll<HTMLScriptElement>(`script[type="${FILE_TYPE}"]`);
  return Promise.all(
    [...elements].map(async (element) => {
      const { path = '', modified = '0' } = element.dataset;
      const bytes = await unpacked(element.textContent);
      // Its text is not needed again, and may be large.
      element.textContent = '';
      const file = new File([bytes], path.slice(path.lastIndexOf('/') + 1), { lastModified: Number(modified) });
      return Object.defineProperty(file, 'webkitRelativePath', { value: path });
    }),
  );
}

async function unpacked(text: string): Promise<ArrayBuffer> {
  const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
}
