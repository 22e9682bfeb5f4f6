import { expect, test } from 'vitest';
import { program } from './program.js';

test('help names no default that is nothing', () => {
  for (const command of program().commands) {
    expect(command.helpInformation(), command.name()).not.toMatch(/default:\s+(\[\]|false)/);
  }
  const run = program().commands.find((command) => command.name() === 'run');
  expect(run?.helpInformation()).toMatch(/default: "100ms"/);
});
