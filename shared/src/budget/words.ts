// The outcome of a check: text, JSON, Markdown for a job summary, and GitHub's annotations.
import { inlineCode, markdownText } from '../markdown/escape.js';
import { markdownTable } from '../markdown/table.js';
import { formatBytes, formatBytesChange } from '../words/bytes.js';
import { formatStretch } from '../words/durations.js';
import { shortened } from '../words/plain-text.js';
import { textTable } from '../words/text-table.js';
import type { Finding } from './check.js';

const SIGNS = { held: 'ok', broken: 'BROKEN', 'not-measured': 'NOT MEASURED' } as const;

/** Lines joined by line feeds, the last one included. */
export function checkText(
  findings: readonly Finding[],
  runs: readonly string[],
  { brokenOnly = false }: { readonly brokenOnly?: boolean } = {},
): string {
  const shown = brokenOnly ? findings.filter(({ outcome }) => outcome !== 'held') : findings;
  const lines = [
    `${verdict(findings)} (${runs.length === 1 ? runs[0] : `median of ${runs.length} recordings`})`,
    '',
    ...textTable(
      [
        ['budget', 'limit', 'found', 'over by', ''],
        ...shown.map((f) => [f.budget, value(f, f.limit), found(f), over(f), SIGNS[f.outcome]]),
      ],
      '  ',
    ),
  ];
  for (const finding of findings) {
    const said = finding.outcome === 'held' ? '' : whereAndWhy(finding, (text) => `"${shortened(text, 120)}"`);
    if (said !== '') lines.push(`  ${finding.budget}: ${said}`);
  }
  return `${lines.join('\n')}\n`;
}

/** Lines joined by line feeds, the last one included. */
export function checkMarkdown(findings: readonly Finding[], runs: readonly string[]): string {
  const rows = findings.map((f) => [
    markdownText(f.budget),
    value(f, f.limit),
    found(f),
    over(f),
    f.outcome === 'held' ? 'ok' : `**${f.outcome === 'broken' ? 'broken' : 'not measured'}**`,
    f.outcome === 'held' ? '' : whereAndWhy(f, (text) => inlineCode(text, true), markdownText),
  ]);
  return `${[
    `### Memory budget: ${verdict(findings)}`,
    '',
    `${runs.length === 1 ? '' : 'Median of '}${runs.map((name) => inlineCode(name)).join(', ')}`,
    '',
    ...markdownTable(['budget', 'limit', 'found', 'over by', '', 'where'], rows, [
      'left',
      'right',
      'right',
      'right',
      'left',
      'left',
    ]),
  ].join('\n')}\n`;
}

/** Format 1, docs/json.md. */
export function checkJson(findings: readonly Finding[], runs: readonly string[]): Record<string, unknown> {
  return {
    format: 1,
    outcome: outcomeOf(findings),
    runs,
    budgets: findings.map(({ budget, unit, outcome, limit, found: value, phase, note }) => ({
      budget,
      unit,
      outcome,
      limit: Math.round(limit),
      found: value === null ? null : Math.round(value),
      over: value === null ? null : Math.max(0, Math.round(value - limit)),
      phase:
        phase === null
          ? null
          : {
              kind: phase.kind,
              start_ms: Math.round(phase.startMs),
              duration_ms: Math.round(phase.durationMs),
              delta_bytes: Math.round(phase.deltaBytes),
              log: phase.name,
            },
      note: note === '' ? null : note,
    })),
  };
}

/**
 * A line a budget that did not hold, as GitHub's runner reads them from stdout (`::error title=...::message`). What stands in them is
 * escaped as actions/toolkit does (packages/core/src/command.ts), so that a log line begins no command of its own.
 */
export function annotations(findings: readonly Finding[]): string {
  return findings
    .filter(({ outcome }) => outcome !== 'held')
    .map((f) => {
      const what = f.outcome === 'broken' ? `${found(f)}, over by ${over(f)}` : 'not measured';
      const where = whereAndWhy(f, (text) => `"${shortened(text, 120)}"`);
      const message = `${f.budget}: ${what} (limit ${value(f, f.limit)})${where === '' ? '' : `; ${where}`}`;
      return `::error title=${property('Memory budget')}::${data(message)}\n`;
    })
    .join('');
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

/** The worst of them: broken before not measured. */
export function outcomeOf(findings: readonly Finding[]): Finding['outcome'] {
  if (findings.some(({ outcome }) => outcome === 'broken')) return 'broken';
  return findings.some(({ outcome }) => outcome === 'not-measured') ? 'not-measured' : 'held';
}

function verdict(findings: readonly Finding[]): string {
  const broken = findings.filter(({ outcome }) => outcome === 'broken').length;
  const unknown = findings.filter(({ outcome }) => outcome === 'not-measured').length;
  const said = [
    ...(broken > 0 ? [`${broken} of ${findings.length} broken`] : []),
    ...(unknown > 0 ? [`${unknown} not measured`] : []),
  ];
  return said.length === 0 ? `all ${findings.length} held` : said.join(', ');
}

function value({ unit }: Finding, amount: number): string {
  return unit === 'kills' ? String(amount) : unit === 'bytes' ? formatBytes(amount) : `${formatBytes(amount)}/h`;
}

const found = (f: Finding): string => (f.found === null ? '-' : value(f, f.found));

function over(f: Finding): string {
  if (f.found === null || f.outcome !== 'broken') return '';
  const by = f.found - f.limit;
  const percent = f.limit > 0 ? ` (${Math.round((100 * by) / f.limit)} %)` : '';
  return `${f.unit === 'kills' ? `+${by}` : formatBytesChange(by)}${f.unit === 'bytes-per-hour' ? '/h' : ''}${percent}`;
}

function whereAndWhy(
  { phase, note }: Finding,
  quoted: (text: string) => string,
  plain: (text: string) => string = (text) => text,
): string {
  const where =
    phase === null
      ? []
      : [
          `${formatStretch(phase.startMs, phase.startMs + phase.durationMs)} ${phase.kind} ${formatBytesChange(phase.deltaBytes)}`,
          ...(phase.name === null ? [] : [`${phase.kind === 'spike' ? 'after' : 'from'} ${quoted(phase.name)}`]),
        ];
  return [...where, ...(note === '' ? [] : [plain(note)])].join(', ');
}
