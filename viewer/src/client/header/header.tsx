// The top of the page: what was recorded, how it ended, and what can be done with the page.
import { commandText, titleText } from '@tidemark/shared/chart/captions.js';
import { showHelp } from '../help/help-shown.js';
import { OpenButton } from '../open/open-button.js';
import { Icon } from '../parts/icons.js';
import { follow, following, pause } from '../state/axis.js';
import { theme } from '../state/choice.js';
import { live, recordings, reportFacts, status } from '../state/opened.js';
import { chooseTheme, nextTheme } from '../state/theme.js';
import { TourOffer } from '../tour/offer.js';
import { EndingPill } from './ending-pill.js';
import { ExportMenu } from './export-menu.js';

export function Header() {
  const open = recordings.value;
  const command = commandText(open);
  const only = open.length === 1 ? open[0] : undefined;
  const title = open.length === 0 ? null : titleText(open);
  return (
    <header class="header">
      <div class="wordmark">
        <svg class="logo" viewBox="0 0 24 24" aria-hidden="true">
          <path class="logo-line" d="M3 6.5h18" />
          <path class="logo-water" d="M3 18c2.6 0 3.2-7.5 5.6-7.5S11 15 13.4 15s3-4 7.6-4.6" />
        </svg>
        <span class="wordmark-text">tidemark</span>
      </div>
      <div class={open.length === 0 ? 'title title-none' : 'title'}>
        {title !== null && (
          <h1 class="title-name" title={title}>
            {title}
          </h1>
        )}
        {command !== null && (
          <code class="title-command" title={command}>
            {command}
          </code>
        )}
        {only?.info && <span class="title-host">{`on ${only.info.host.name}`}</span>}
        {reportFacts !== null && <span class="title-host">{`saved ${reportFacts.madeAt.slice(0, 10)}`}</span>}
      </div>
      {only !== undefined && <EndingPill recording={only} />}
      {live.value && (
        <button
          type="button"
          class="button follow"
          title={following.value ? 'Stop the graph here (f)' : 'Keep the newest sample in view (f)'}
          onClick={() => (following.value ? pause() : follow())}
        >
          <Icon name={following.value ? 'pause' : 'play'} />
          {following.value ? 'Pause' : 'Follow'}
        </button>
      )}
      <div class="header-actions">
        <TourOffer />
        {(status.value.kind === 'ready' || status.value.kind === 'loading') && <OpenButton />}
        {(status.value.kind === 'ready' || status.value.kind === 'loading') && <ExportMenu />}
        <ThemeButton />
        <button
          type="button"
          class="button button-icon help-button"
          aria-label="Keys and help"
          title="Keys and help (?)"
          onClick={() => showHelp()}
        >
          ?
        </button>
      </div>
    </header>
  );
}

const THEME_NAMES = { system: 'as the system', light: 'light', dark: 'dark' } as const;
const THEME_ICONS = { system: 'system', light: 'sun', dark: 'moon' } as const;

function ThemeButton() {
  const now = theme.value;
  const name = `Theme: ${THEME_NAMES[now]}. Change to ${THEME_NAMES[nextTheme(now)]}`;
  return (
    <button
      type="button"
      class="button button-icon"
      aria-label={name}
      title={name}
      onClick={() => chooseTheme(nextTheme(now))}
    >
      <Icon name={THEME_ICONS[now]} />
    </button>
  );
}
