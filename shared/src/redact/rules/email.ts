import type { RedactionRule } from '../rule.js';

export const email: RedactionRule = {
  id: 'email',
  what: 'e-mail addresses',
  pattern: /(?<![\w.+-])[\w.+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,24}(?![\w-])/g,
  examples: [
    { line: 'mail to ann.b+jobs@mail.example.org failed', left: 'mail to [email] failed' },
    { line: 'from=<root@localhost.example>', left: 'from=<[email]>' },
  ],
  spares: ['decorator @app.route used', 'object at 0x7f@heap', 'user@host has no dot'],
};
