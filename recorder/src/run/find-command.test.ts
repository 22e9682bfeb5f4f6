import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { findCommand } from './find-command.js';

const folder = mkdtempSync(join(tmpdir(), 'path-'));
writeFileSync(join(folder, 'runs'), '#!/bin/sh\n');
chmodSync(join(folder, 'runs'), 0o755);
writeFileSync(join(folder, 'data'), '');
mkdirSync(join(folder, 'sub'));

test.each([
  ['runs', { path: join(folder, 'runs') }],
  ['./runs', { path: join(folder, 'runs') }],
  ['data', { exitCode: 126, why: `${join(folder, 'data')}: not executable` }],
  ['./data', { exitCode: 126, why: './data: not executable' }],
  ['./sub', { exitCode: 126, why: './sub: a folder' }],
  ['nope', { exitCode: 127, why: 'nope: command not found' }],
  ['./nope', { exitCode: 127, why: './nope: no such file' }],
  ['', { exitCode: 127, why: 'the command is empty' }],
])('%j', (command, found) => {
  // The superuser may not execute what nobody may, either.
  expect(findCommand(command, folder, folder)).toEqual(found);
});
