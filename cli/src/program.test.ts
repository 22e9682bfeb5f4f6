import { expect, test, vi } from 'vitest';
import { program } from './program.js';

test('help names no default that is nothing', () => {
  for (const command of program().commands) {
    expect(command.helpInformation(), command.name()).not.toMatch(/default:\s+(\[\]|false)/);
  }
  const run = program().commands.find((command) => command.name() === 'run');
  expect(run?.helpInformation()).toMatch(/default: "100ms"/);
});

const tidemark = (...args: string[]): Promise<unknown> => program().parseAsync(['node', 'tidemark', ...args]);

test.each([
  [['record', '-o', ''], '--output: expected a value, found an empty one'],
  [['record', '--cgroup', ''], '--cgroup: expected a value, found an empty one'],
  [['run', '--log', 'app.log', '--log', '', '--', 'true'], '--log: expected a value, found an empty one'],
])('an option with an empty value is refused, as of a variable that is not set: %j', async (args, message) => {
  await expect(tidemark(...args)).rejects.toThrow(message);
});

test('a folder that was removed under us is said, and is no bug of ours', async () => {
  const cwd = vi.spyOn(process, 'cwd').mockImplementation(() => {
    throw Object.assign(new Error('uv_cwd'), { code: 'ENOENT' });
  });
  await expect(tidemark('run', '--', 'true')).rejects.toThrow('the folder that this was started in has been removed');
  cwd.mockRestore();
});

test('a mark with two texts is refused', async () => {
  await expect(tidemark('mark', 'one', '-m', 'two')).rejects.toThrow('mark: two texts given');
});
