// Name and password inside an address: postgres://ann:pw@db/orders.
import type { RedactionRule } from '../rule.js';

export const urlLogin: RedactionRule = {
  id: 'url-login',
  what: 'names and passwords in addresses',
  pattern: /(?<=\b[a-z][a-z0-9+.-]{1,20}:\/\/)[^\s/@:]{1,200}:[^\s/@]{1,200}(?=@)/gi,
  examples: [
    { line: 'connect postgres://ann:pw1@db:5432/orders', left: 'connect postgres://[url-login]@db:5432/orders' },
  ],
  spares: ['GET http://example.org:80/a@b', 'see https://example.org/x'],
};
