// recording.json, both sides. It is written at the start, once more when the facts are known, and at the end, always whole (by rename).
import { RecordingFormatError } from '../errors.js';
import { RECORDING_FORMAT, type RecordingInfo } from './recording.js';

/** The text of recording.json: indented, for people too. */
export function infoText(info: RecordingInfo): string {
  return `${JSON.stringify(info, null, 2)}\n`;
}

/**
 * Reads recording.json. Fields that are missing (a file written by hand or by another version) are filled with "not known".
 * Throws RecordingFormatError when it is not JSON, not an object, or of a later format. `name` stands in the message.
 */
export function readInfo(text: string, name = 'recording.json'): RecordingInfo {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new RecordingFormatError(name, 'JSON', text.trim() === '' ? 'nothing' : 'something else');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new RecordingFormatError(name, 'a JSON object', Array.isArray(value) ? 'a list' : String(value));
  }
  const given = value as Partial<RecordingInfo>;
  if (typeof given.format !== 'number' || given.format > RECORDING_FORMAT) {
    throw new RecordingFormatError(
      name,
      `format ${RECORDING_FORMAT} or lower`,
      typeof given.format === 'number' ? `format ${given.format}` : 'no format number',
      'A newer tidemark may have written it.',
    );
  }
  return {
    ...UNKNOWN,
    ...given,
    host: { ...UNKNOWN.host, ...given.host },
    peak_sources: { ...UNKNOWN.peak_sources, ...given.peak_sources },
    format: given.format,
  };
}

const UNKNOWN: RecordingInfo = {
  format: RECORDING_FORMAT,
  tidemark_version: '',
  label: null,
  command: null,
  working_directory: '',
  host: { name: '', os: '', kernel: '', cpus: 0, memory_total_bytes: null, container: null },
  time_zone: 'UTC',
  started_at: '',
  ended_at: null,
  interval_ms: 0,
  columns: [],
  peak_sources: { job: null, container: null },
  cgroup: null,
  job: null,
  logs: [],
  own_cost: null,
};
