// What a log line says, without when and how loud: for a table that has its own times.
const STAMP =
  /^[[(<"']?(?:[A-Z][a-z]{2},? )?(?:(?:\d{4}[-/.]\d\d[-/.]\d\d|\d\d[-/. ](?:\d\d|[A-Z][a-z]{2})[-/. ]\d{2,4}|[A-Z][a-z]{2} {1,2}\d{1,2})[T :]+)?\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?: ?(?:Z|UTC|GMT|[+-]\d\d:?\d\d)\b)?[\])>"']?[\s,:|-]*/;
const EPOCH = /^[[(]?1\d{9}(?:\.\d+|\d{3})?[\])]?[\s,:|-]+/;
const GLOG = /^[IWEF]\d{4} \d\d:\d\d:\d\d(?:\.\d+)?\s+\d+\s+\S+\]\s*/;
const LEVEL =
  /^[[(<]?(?:trace|debug|info|information|notice|warn|warning|error|err|critical|crit|fatal|severe|verbose)[\])>]?(?=[\s:|,-]|$)[\s:|,-]*/i;

/** The message of a line; the whole line when nothing else is in it. */
export function messageOf(line: string): string {
  const text = line.trim();
  if (text.startsWith('{')) {
    const said = jsonMessage(text);
    if (said !== null) return said;
  }
  let rest = text;
  for (;;) {
    const shorter = rest.replace(GLOG, '').replace(STAMP, '').replace(EPOCH, '').replace(LEVEL, '');
    if (shorter === rest) break;
    rest = shorter;
  }
  return rest.trim() || text;
}

function jsonMessage(text: string): string | null {
  try {
    const fields = JSON.parse(text) as Record<string, unknown>;
    for (const key of ['msg', 'message', 'event', 'text', '@message', 'log']) {
      const value = fields[key];
      if (typeof value === 'string' && value.trim() !== '') return value.trim();
    }
  } catch {
    // Not JSON after all: the line is shown as it is.
  }
  return null;
}
