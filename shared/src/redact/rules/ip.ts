// IPv4 and IPv6. Loopback and "any" addresses name nobody and stay; a version number has fewer or larger parts.
import type { RedactionRule } from '../rule.js';

const octet = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const v4 = `(?<![\\w.])(?!127\\.|0\\.0\\.0\\.0)${octet}(?:\\.${octet}){3}(?![\\w.]*\\.\\d|\\w)`;
// Eight groups, or fewer with one "::" that has groups at its left; a time of day has colons, but no eight groups.
const v6 = '(?<![\\w:])(?:[0-9A-Fa-f]{1,4}:){7}[0-9A-Fa-f]{1,4}(?![\\w:])';
const v6Short = '(?<![\\w:])(?:[0-9A-Fa-f]{1,4}:){1,6}(?::[0-9A-Fa-f]{1,4}){1,6}(?![\\w:])';

export const ip: RedactionRule = {
  id: 'ip',
  what: 'IP addresses',
  pattern: new RegExp(`${v4}|${v6}|${v6Short}`, 'g'),
  examples: [
    { line: 'client 192.168.1.20:51234 connected', left: 'client [ip]:51234 connected' },
    { line: 'peer 2001:db8::8a2e:370:7334 left', left: 'peer [ip] left' },
    { line: 'from 10.0.0.1.', left: 'from [ip].' },
  ],
  spares: [
    'listening on 127.0.0.1:8080',
    'bound to 0.0.0.0',
    'at 16:31:07 version 1.2.3',
    'std::vector grew',
    'v10.0.0.1.7',
  ],
};
