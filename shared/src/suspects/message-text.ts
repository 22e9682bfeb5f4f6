// What of a log line is mined, and how a template is shown: the message, without stamp, level and what every line carries.
import { keyName, LEVEL_KEYS, TIME_KEYS } from '../logs/json-keys.js';
import { scanJson } from '../logs/json-scan.js';
import { jsonStart } from '../logs/layout.js';
import { UPPER_WORDS } from '../logs/level-words.js';

const MESSAGE_KEYS = new Set(
  ['msg', 'message', '@m', '@mt', 'event', 'body', 'short_message', 'text', 'log'].map(keyName),
);
/** The same on all lines of a process, or saying nothing of the statement. */
const PASSED_OVER = new Set(
  [
    ...TIME_KEYS,
    ...LEVEL_KEYS,
    ...[
      'pid',
      'hostname',
      'host',
      'thread',
      'threadname',
      'tid',
      'v',
      'ppid',
      'service',
      'version',
      'traceid',
      'spanid',
      'requestid',
    ],
    ...['logger', 'loggername', 'caller', 'filename', 'lineno', 'func', 'funcname', 'stack', 'stacktrace', 'exception'],
  ].map(keyName),
);
const LONGEST_VALUE = 80;

/** The text to mine: of a JSON line its message and the other fields as "key=value", of any other line the line. */
export function messageText(line: string): string {
  const brace = line.indexOf('{');
  if (brace < 0 || brace > 60 || jsonStart(line) !== brace) return line;
  let message = '';
  let fields = '';
  const end = scanJson(line, brace, ({ path, value, kind }) => {
    const name = keyName(path);
    if (message === '' && kind === 'string' && MESSAGE_KEYS.has(name)) message = value;
    else if (!PASSED_OVER.has(name)) {
      fields += ` ${path}=${value.length > LONGEST_VALUE ? value.slice(0, LONGEST_VALUE) : value}`;
    }
    return true;
  });
  if (end < 0 || (message === '' && fields === '')) return line;
  return message === '' ? fields.slice(1) : message + fields;
}

/** Stamps, brackets, glog's letter, level words in capitals. */
const LEAD = new RegExp(`^(?:[TDIWEF]<\\*>(?= ))?(?:[^\\p{L}<]|<\\*>|${UPPER_WORDS}(?![\\p{L}\\p{N}_-]))+`, 'u');

/**
 * The template without the stamp's wildcards and the level in front; as it is when nothing would be left. Of a quote that began there
 * (an access log's request) the end goes as well.
 */
export function shownTemplate(template: string): string {
  const lead = LEAD.exec(template)?.[0] ?? '';
  const message = template.slice(lead.length);
  const rest = lead.split('"').length % 2 === 0 ? message.replace('"', '') : message;
  return rest.replace(/[^A-Za-z]/g, '').length >= 3 ? rest : template;
}
