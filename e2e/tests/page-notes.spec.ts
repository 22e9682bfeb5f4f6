// Notes on the graph: placed with the mouse or the keyboard, kept beside the recording.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright/test';
import { drag, drawnGraph, expect, pointOn, test } from './page-fixture.js';

interface Kept {
  notes: { start_ms: number; end_ms: number | null; text: string }[];
}

function kept(recording: string): Kept {
  const file = join(recording, 'annotations.json');
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Kept) : { notes: [] };
}

test('a note on an instant is kept in annotations.json', async ({ graph, page, copy }) => {
  await page.getByRole('button', { name: 'Add note' }).click();
  await expect(page.getByText('Click an instant or drag a span for the note')).toBeVisible();
  const at = await pointOn(graph, 0.5);
  await page.mouse.click(at.x, at.y);
  await page.keyboard.type('new epoch here');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('listitem').filter({ hasText: 'new epoch here' })).toBeVisible();
  await expect(graph).toHaveAccessibleDescription(/1 note\./);
  await expect.poll(() => kept(copy).notes).toMatchObject([{ text: 'new epoch here', end_ms: null }]);

  await page.reload();
  await drawnGraph(page);
  await expect(page.getByText('new epoch here')).toBeVisible();
});

test('a dragged note spans; it can be edited, deleted and brought back', async ({ graph, page, copy }) => {
  await graph.focus();
  await page.keyboard.press('a');
  await drag(page, graph, 0.3, 0.5);
  await page.getByRole('textbox', { name: /^Note/ }).fill('too many shards');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect.poll(() => kept(copy).notes[0]?.end_ms).toBeGreaterThan(0);

  await page.getByRole('button', { name: 'Edit note: too many shards' }).click();
  const field = page.getByRole('textbox', { name: /^Edit note/ });
  await expect(field).toBeFocused();
  await field.fill('all shards at once');
  await page.keyboard.press('Enter');
  await expect.poll(() => kept(copy).notes.map(({ text }) => text)).toEqual(['all shards at once']);

  await page.getByRole('button', { name: 'Delete note: all shards at once' }).click();
  await expect.poll(() => kept(copy).notes).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => kept(copy).notes.map(({ text }) => text)).toEqual(['all shards at once']);
});

test('a note needs no mouse, and Escape leaves none behind', async ({ graph, page }) => {
  await page.mouse.move(2, 2);
  await graph.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: /^Note/ });
  await expect(field).toBeFocused();
  await page.keyboard.type('never mind');
  await page.keyboard.press('Escape');
  await expect(field).toBeHidden();
  await expect(graph).toBeFocused();
  await expect(page.getByText('No notes yet')).toBeVisible();
});

async function addSpan(page: Page, graph: Locator, fromX: number, toX: number, text: string): Promise<void> {
  await page.getByRole('button', { name: 'Add note' }).click();
  await drag(page, graph, fromX, toX);
  await page.getByRole('textbox', { name: /^Note/ }).fill(text);
  await page.keyboard.press('Enter');
}

test('a flag is dragged to another instant, an edge to another end; Ctrl+Z takes both back', async ({
  graph,
  page,
  copy,
}) => {
  await addSpan(page, graph, 0.4, 0.6, 'shards');
  await expect.poll(() => kept(copy).notes.length).toBe(1);
  const [first] = kept(copy).notes;
  const length = (first?.end_ms ?? 0) - (first?.start_ms ?? 0);

  // The flag stands at the top, where the span begins.
  const flag = await pointOn(graph, 0.4, 0);
  await page.mouse.move(flag.x, flag.y + 9);
  await page.mouse.down();
  await page.mouse.move(flag.x + 30, flag.y + 40);
  await page.mouse.move(flag.x + 100, flag.y + 40);
  await page.mouse.up();
  await expect.poll(() => kept(copy).notes[0]?.start_ms).toBeGreaterThan(first?.start_ms ?? 0);
  const [moved] = kept(copy).notes;
  expect((moved?.end_ms ?? 0) - (moved?.start_ms ?? 0)).toBeCloseTo(length, -1);
  await expect(page.getByRole('textbox', { name: /note/i })).toBeHidden();

  const end = await pointOn(graph, 0.6, 0.5);
  await page.mouse.move(end.x + 100, end.y);
  await page.mouse.down();
  await page.mouse.move(end.x + 130, end.y);
  await page.mouse.move(end.x + 160, end.y);
  await page.mouse.up();
  await expect.poll(() => kept(copy).notes[0]?.end_ms).toBeGreaterThan(moved?.end_ms ?? 0);
  expect(kept(copy).notes[0]?.start_ms).toBe(moved?.start_ms);

  await page.keyboard.press('Control+z');
  await expect.poll(() => kept(copy).notes[0]).toEqual(moved);
  await page.keyboard.press('Control+z');
  await expect.poll(() => kept(copy).notes[0]).toEqual(first);
  await page.keyboard.press('Control+z');
  await expect.poll(() => kept(copy).notes).toEqual([]);
});

test('a note in the list is moved, resized, edited and deleted by keys', async ({ graph, page, copy }) => {
  await graph.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('a');
  await page.keyboard.press('Enter');
  await page.keyboard.type('here');
  await page.keyboard.press('Enter');
  const item = page.getByRole('list', { name: 'Notes' }).getByRole('button', { name: /^here/ });
  await expect.poll(() => kept(copy).notes.length).toBe(1);
  const [first] = kept(copy).notes;
  await item.focus();
  await page.keyboard.press('ArrowRight');
  await expect.poll(() => kept(copy).notes[0]?.start_ms).toBeGreaterThan(first?.start_ms ?? 0);
  expect(kept(copy).notes[0]?.end_ms).toBeNull();
  await expect(item).toBeFocused();
  await page.keyboard.press('Shift+ArrowRight');
  await expect.poll(() => kept(copy).notes[0]?.end_ms).toBeGreaterThan(0);
  await expect(item).toBeFocused();

  await page.keyboard.press('Enter');
  const field = page.getByRole('textbox', { name: /^Edit note/ });
  await expect(field).toBeFocused();
  await field.fill('there');
  await page.keyboard.press('Enter');
  await expect.poll(() => kept(copy).notes[0]?.text).toBe('there');
  await page.keyboard.press('Control+z');
  await expect.poll(() => kept(copy).notes[0]?.text).toBe('here');
  await item.focus();
  await page.keyboard.press('Delete');
  await expect.poll(() => kept(copy).notes).toEqual([]);
  await page.keyboard.press('Control+z');
  await expect.poll(() => kept(copy).notes[0]?.text).toBe('here');
});

test('two pages write notes of one recording, and neither loses any', async ({ graph, page, context, copy }) => {
  await expect(graph).toBeVisible();
  const other = await context.newPage();
  await other.goto(page.url());
  await addSpan(other, await drawnGraph(other), 0.2, 0.3, 'from the second page');
  await expect.poll(() => kept(copy).notes.length).toBe(1);
  await page.bringToFront();
  await addSpan(page, graph, 0.6, 0.7, 'from the first page');
  await expect
    .poll(() =>
      kept(copy)
        .notes.map(({ text }) => text)
        .sort(),
    )
    .toEqual(['from the first page', 'from the second page']);
  // A page that is come back to shows what the other wrote.
  await page.evaluate(() => dispatchEvent(new Event('focus')));
  await expect(page.getByRole('list', { name: 'Notes' }).getByRole('listitem')).toHaveCount(2);
  await page.getByRole('button', { name: 'Delete note: from the second page' }).click();
  await expect.poll(() => kept(copy).notes.map(({ text }) => text)).toEqual(['from the first page']);
});

test('marks of the recording stand beside the notes and lead to their place', async ({ page, view, copy }) => {
  const csv = join(copy, 'events.csv');
  const lines = readFileSync(csv, 'utf8').trimEnd().split('\n');
  const [time] = (lines[1] as string).split(',');
  writeFileSync(csv, `${lines.join('\n')}\n${time},mark,second attempt\n`);
  const { url } = await view(copy);
  await page.goto(url);
  await drawnGraph(page);
  await page
    .getByRole('list', { name: 'Marks' })
    .getByRole('button', { name: /second attempt/ })
    .click();
  await expect(page.getByRole('button', { name: /^Unpin the cursor/ })).toBeVisible();
});
