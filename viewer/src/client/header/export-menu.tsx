// The export panel: the picture and how it should look, the figures, and the reports.
import { signal } from '@preact/signals';
import { REDACTION_RULES } from '@tidemark/shared/redact/rules/index.js';
import type { ComponentChildren } from 'preact';
import { Icon, type IconName } from '../parts/icons.js';
import { Menu } from '../parts/menu.js';
import { hasModel } from '../state/chart-model.js';
import { announce, say } from '../state/messages.js';
import { inWords, recordings, reportFacts } from '../state/opened.js';
import { copyPng, saveCsv, saveHtml, saveMarkdown, savePng, saveSvg } from './exports.js';
import type { PictureChoice } from './picture.js';

const picture = signal<PictureChoice>({ scale: 2, theme: 'page', details: false });
const redacting = signal(false);
/** What is being made; null when nothing is. */
const busy = signal<string | null>(null);

export function ExportMenu() {
  const run = async (name: string, work: () => Promise<string>, close: () => void) => {
    close();
    busy.value = name;
    try {
      const text = await work();
      say({ text, kind: 'done' });
      announce(text);
    } catch (error) {
      const { message, advice } = inWords(error);
      say({ text: `${name} failed: ${message}`, kind: 'error', ...(advice === null ? {} : { advice }) });
    } finally {
      busy.value = null;
    }
  };
  const how = picture.value;
  return (
    <Menu
      name="Export"
      className="export"
      disabled={!hasModel.value}
      label={
        <>
          <Icon name="export" />
          <span class="button-text">{busy.value === null ? 'Export' : 'Exporting…'}</span>
        </>
      }
    >
      {(close) => {
        const item = (icon: IconName, name: string, work: () => Promise<string>, hint?: string) => (
          <button
            type="button"
            class="menu-item"
            // The menu's own button keeps the focus meanwhile, which a disabled one would lose.
            disabled={busy.value !== null}
            title={hint}
            onClick={() => void run(name, work, close)}
          >
            <Icon name={icon} /> {name}
          </button>
        );
        return (
          <>
            <Part title="Picture of what is in view">
              <PictureFields />
              {item('export', 'Save PNG', () => savePng(how))}
              {canCopy() && item('copy', 'Copy image', () => copyPng(how))}
              {item('export', 'Save SVG', () => saveSvg(how))}
            </Part>
            <Part title="Figures">
              {item('export', 'Save CSV', saveCsv, 'The lines on the graph, as they are in view')}
            </Part>
            {recordings.value.length > 0 && (
              <Part title="Report">
                {item(
                  'export',
                  'Save Markdown',
                  () => saveMarkdown(how),
                  'For a postmortem: text, tables and the picture',
                )}
                {reportFacts === null && (
                  <>
                    {item('export', 'Save HTML', () => saveHtml(redacting.peek() ? ['all'] : []))}
                    <Redact />
                  </>
                )}
              </Part>
            )}
          </>
        );
      }}
    </Menu>
  );
}

function Part({ title, children }: { title: string; children: ComponentChildren }) {
  return (
    <fieldset class="menu-part">
      <legend class="menu-title">{title}</legend>
      {children}
    </fieldset>
  );
}

function PictureFields() {
  const { scale, theme, details } = picture.value;
  const change = (patch: Partial<PictureChoice>) => {
    picture.value = { ...picture.peek(), ...patch };
  };
  return (
    <div class="menu-fields">
      <label class="menu-field">
        Size
        <select
          value={scale}
          onChange={({ currentTarget }) => change({ scale: Number(currentTarget.value) as PictureChoice['scale'] })}
        >
          <option value={1}>1×</option>
          <option value={2}>2×</option>
          <option value={3}>3×</option>
        </select>
      </label>
      <label class="menu-field">
        Colours
        <select
          value={theme}
          onChange={({ currentTarget }) => change({ theme: currentTarget.value as PictureChoice['theme'] })}
        >
          <option value="page">as here</option>
          <option value="light">light</option>
          <option value="dark">dark</option>
        </select>
      </label>
      <label class="menu-field menu-check">
        <input
          type="checkbox"
          checked={details}
          onChange={({ currentTarget }) => change({ details: currentTarget.checked })}
        />
        with phases and log lines
      </label>
    </div>
  );
}

function Redact() {
  return (
    <>
      <label class="menu-field menu-check">
        <input
          type="checkbox"
          checked={redacting.value}
          onChange={({ currentTarget }) => {
            redacting.value = currentTarget.checked;
          }}
        />
        redact
      </label>
      <p class="menu-hint">
        One file with page and data that opens offline. Redacting takes out{' '}
        {REDACTION_RULES.map(({ what }) => what).join(', ')} and says how many.
      </p>
    </>
  );
}

const canCopy = (): boolean => typeof ClipboardItem !== 'undefined' && navigator.clipboard?.write !== undefined;
