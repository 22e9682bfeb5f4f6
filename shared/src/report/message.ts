// What a log line says, without when, how loud and to whom: for a table that has its own times.
import { messageText } from '../suspects/message-text.js';
import { shortened } from '../words/plain-text.js';

const STAMP =
  /^[[(<"']?(?:[A-Z][a-z]{2},? )?(?:(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/. ](?:\d\d|[A-Z][a-z]{2})[-/. ]\d{2,4}|[A-Z][a-z]{2} {1,2}\d{1,2})[T :]+)?\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?[\])>"']?[\s,:|-]*/;
const EPOCH = /^[[(]?1\d{9}(?:\.\d+|\d{3})?[\])]?[\s,:|-]+/;
const GLOG = /^[IWEF]\d{4} \d\d:\d\d:\d\d(?:\.\d+)?\s+\d+\s+\S+\]\s*/;
/** The common and the combined log format: client, identity, user, date, the request in quotes, status, size and more. */
const ACCESS = /^\S+ \S+ \S+ \[\d\d\/[A-Z][a-z]{2}\/\d{4}:[^\]]*\] "([^"]*?)(?: HTTP\/[\d.]+)?"( \d{3}\b)?.*$/;
/** Fields of a JSON line that come behind its message make no headline of a novel. */
const LONGEST = 160;
const LEVEL =
  /^[[(<]?(?:trace|debug|info|information|notice|warn|warning|error|err|critical|crit|fatal|severe|verbose)[\])>]?(?=[\s:|,-]|$)[\s:|,-]*/i;

/** The message of a line; the whole line when nothing else is in it. */
export function messageOf(line: string): string {
  const text = line.trim();
  if (text.startsWith('{')) return shortened(messageText(text).trim(), LONGEST);
  let rest = text.replace(ACCESS, '$1$2');
  for (;;) {
    const shorter = rest.replace(GLOG, '').replace(STAMP, '').replace(EPOCH, '').replace(LEVEL, '');
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest.trim() || text;
}
