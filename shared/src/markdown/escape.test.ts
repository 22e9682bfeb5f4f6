import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { codeBlock, inlineCode, markdownText } from './escape.js';
import { markdownTable } from './table.js';

const html = (markdown: string): string => marked.parse(markdown, { gfm: true, async: false }).trim();
/** What a reader sees: tags taken off, entities read. */
const seen = (markup: string): string =>
  markup
    .replace(/<[^>]*>/g, '')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');

const HOSTILE = [
  '<script>alert(1)</script>',
  '![x](http://evil/x.png) [link](javascript:alert(1))',
  'a | b | c',
  'ends in a bar |',
  'back\\|slash before a bar',
  'ends in a backslash \\',
  '`` two ticks ` one tick',
  '`',
  '@somebody fixes #12',
  '&lt;b&gt; is not a tag',
  '# no heading',
  '--- | ---',
  '<img src=x onerror=alert(1)>',
];

describe.each(HOSTILE)('%s', (text) => {
  test('as inline code is itself and nothing else', () => {
    const out = html(inlineCode(text));
    expect(out).toMatch(/^<p><code>[^<]*<\/code><\/p>$/);
    expect(seen(out)).toBe(text.trim());
  });

  test('in a table stays in its cell', () => {
    const out = html(markdownTable(['a', 'b'], [[inlineCode(text, true), 'next']]).join('\n'));
    expect(out.match(/<td/g)).toHaveLength(2);
    expect(/<td><code>([^<]*)<\/code><\/td>/.exec(out)?.[1]).toBeDefined();
    expect(seen(/<td>(.*?)<\/td>/s.exec(out)?.[1] ?? '')).toBe(text.trim());
    expect(out).toContain('<td>next</td>');
  });

  test('in a sentence is text', () => {
    const out = html(`x ${markdownText(text)}`);
    expect(out).toMatch(/^<p>[^<]*<\/p>$/);
    expect(seen(out)).toBe(`x ${text.trim()}`);
  });
});

test('a block of code ends only where we end it', () => {
  const out = html(codeBlock(['```', '</code></pre><b>x', '  indented', '````']).join('\n'));
  expect(out.match(/<pre>/g)).toHaveLength(1);
  expect(out).not.toContain('<b>');
  expect(out).toContain('\n  indented\n');
});

test('whatever a log says, a table has its cells', () => {
  const text = fc.string({
    unit: fc.constantFrom('`', '|', '\\', '<', 'a', ' ', '*', '_', '&', '\n', '\u001b[31m', '['),
  });
  fc.assert(
    fc.property(text, text, (a, b) => {
      const out = html(markdownTable(['x', 'y'], [[inlineCode(a, true), inlineCode(b, true)]]).join('\n'));
      expect(out.match(/<td/g)).toHaveLength(2);
      expect(out.replace(/<\/?(?:table|thead|tbody|tr|th|td|code)>/g, '')).not.toContain('<');
    }),
  );
});

test('what steers a terminal or turns the direction of writing is left out', () => {
  expect(inlineCode('\u001b[31mred\u001b[0m \u202ereversed\u0007')).toBe('`red  reversed`');
});
