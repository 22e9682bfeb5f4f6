// Values that stand behind a name which says that they are secret, and tokens that are known by their shape.
import type { RedactionRule } from '../rule.js';

const named =
  '(?<=(?:pass(?:word|wd|phrase)?|secret|token|api[_-]?key|access[_-]?key|private[_-]?key|authorization|cookie|session[_-]?id)["\']?\\s{0,3}[:=]\\s{0,3}(?:["\']|Bearer\\s|Basic\\s)?)';
const bearer = '(?<=\\b(?:Bearer|Basic)\\s)';
const shaped =
  '\\b(?:AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{20,}|glpat-[\\w-]{20,}|xox[abprs]-[\\w-]{10,}|sk-[\\w-]{20,}|eyJ[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*)';

export const secret: RedactionRule = {
  id: 'secret',
  what: 'passwords, tokens and keys',
  pattern: new RegExp(`(?:${named}|${bearer})(?!Bearer\\b|Basic\\b)[^\\s"',;&}]+|${shaped}`, 'gi'),
  examples: [
    { line: 'login password=hunter2 ok', left: 'login password=[secret] ok' },
    { line: '{"api_key": "a1b2c3", "n": 1}', left: '{"api_key": "[secret]", "n": 1}' },
    { line: 'Authorization: Bearer abc.def-123', left: 'Authorization: Bearer [secret]' },
    { line: 'GET /x?token=abc&n=1', left: 'GET /x?token=[secret]&n=1' },
  ],
  spares: ['read 300 tokens in 2 s', 'the secret of speed', 'password changed'],
};
