// The name of a person in the path of a home folder.
import type { RedactionRule } from '../rule.js';

export const home: RedactionRule = {
  id: 'home',
  what: 'names in the paths of home folders',
  pattern: /(?<=\/(?:home|Users)\/|\\Users\\)[^\s/\\:"']+/g,
  examples: [
    { line: 'File "/home/ann/job/check.py", line 88', left: 'File "/home/[home]/job/check.py", line 88' },
    { line: 'C:\\Users\\Ann\\data.csv', left: 'C:\\Users\\[home]\\data.csv' },
  ],
  spares: ['GET /home HTTP/1.1', '/srv/home-assistant/x'],
};
