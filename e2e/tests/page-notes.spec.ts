// Notes on the graph: placed with the mouse or the keyboard, kept beside the recording.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
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
