import { describe, expect, test } from 'vitest';
import { annotationsText, mergeAnnotations, parseAnnotations } from './annotations.js';
import type { Annotations, Note } from './recording.js';

const note = (id: string, text = id): Note => ({ id, start_ms: 1, end_ms: null, text });
const notes = (...list: Note[]): Annotations => ({ format: 1, notes: list });
const texts = ({ notes: list }: Annotations): string => list.map(({ id, text }) => `${id}=${text}`).join(' ');

test('what is written is read again', () => {
  const written = notes(note('a', 'line one\n"two" <b>'), { ...note('b'), end_ms: 5.5 });
  expect(parseAnnotations(annotationsText(written), 'x')).toEqual(written);
});

test('what does not belong to a note is left out', () => {
  expect(parseAnnotations('{"format":1,"notes":[{"id":"a","start_ms":1,"text":"t","evil":1}],"x":2}', 'x')).toEqual(
    notes(note('a', 't')),
  );
});

test.each([
  ['', /x: expected JSON, found nothing/],
  ['{', /x: expected JSON/],
  ['[]', /x: expected annotations of format 1/],
  ['{"format":2,"notes":[]}', /x: expected annotations of format 1/],
  ['{"format":1,"notes":[null]}', /x, note 1: expected an id, found nothing/],
  ['{"format":1,"notes":[{"id":"a","start_ms":"1","text":""}]}', /x, note 1: expected start_ms in epoch ms, found 1/],
  ['{"format":1,"notes":[{"id":"a","start_ms":1e99,"text":""}]}', /start_ms/],
  ['{"format":1,"notes":[{"id":"a","start_ms":1,"end_ms":"2","text":""}]}', /end_ms/],
  ['{"format":1,"notes":[{"id":"a","start_ms":1,"text":{}}]}', /expected a text/],
])('%s is refused', (text, message) => {
  expect(() => parseAnnotations(text, 'x')).toThrow(message);
});

describe('two pages write notes', () => {
  test.each<[string, Annotations, Annotations, Annotations, string]>([
    ['each its own', notes(), notes(note('a')), notes(note('b')), 'b=b a=a'],
    [
      'one changes, the other adds',
      notes(note('a')),
      notes(note('a', 'new')),
      notes(note('a'), note('b')),
      'a=new b=b',
    ],
    ['the other changes, we add', notes(note('a')), notes(note('a'), note('b')), notes(note('a', 'new')), 'a=new b=b'],
    ['we delete, the other adds', notes(note('a')), notes(), notes(note('a'), note('b')), 'b=b'],
    ['the other deletes, we add', notes(note('a')), notes(note('a'), note('b')), notes(), 'b=b'],
    ['the other deletes what we change', notes(note('a')), notes(note('a', 'new')), notes(), 'a=new'],
    ['we delete what the other changes', notes(note('a')), notes(), notes(note('a', 'new')), ''],
    ['both change one: the last one wins', notes(note('a')), notes(note('a', 'me')), notes(note('a', 'you')), 'a=me'],
    ['nothing was changed', notes(note('a')), notes(note('a')), notes(note('a')), 'a=a'],
  ])('%s', (_, base, mine, theirs, merged) => {
    expect(texts(mergeAnnotations(base, mine, theirs))).toBe(merged);
  });
});
