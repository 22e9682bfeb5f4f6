// Taking the picture away: what is on screen, drawn anew at the size of a picture.

import { Icon } from '../parts/icons.js';
import { Menu } from '../parts/menu.js';
import { model } from '../state/chart-model.js';
import { announce, say } from '../state/messages.js';
import { inWords } from '../state/opened.js';
import { copyPicture, savePicture } from './picture.js';

export function ExportMenu() {
  const run = (work: () => Promise<string>, close: () => void) => {
    close();
    work().then(
      (text) => {
        say({ text, kind: 'done' });
        announce(text);
      },
      (error) => say({ text: `The picture was not made: ${inWords(error).message}`, kind: 'error' }),
    );
  };
  return (
    <Menu
      name="Export"
      disabled={model.value === null}
      label={
        <>
          <Icon name="export" />
          <span class="button-text">Export</span>
        </>
      }
    >
      {(close) => (
        <>
          <button type="button" class="menu-item" onClick={() => run(savePicture, close)}>
            <Icon name="export" /> Save PNG
          </button>
          {canCopy() && (
            <button type="button" class="menu-item" onClick={() => run(copyPicture, close)}>
              <Icon name="copy" /> Copy image
            </button>
          )}
          <p class="menu-hint">What is in view, with title, phases, notes and footer. 1600 × 900, twice as fine.</p>
        </>
      )}
    </Menu>
  );
}

const canCopy = (): boolean => typeof ClipboardItem !== 'undefined' && navigator.clipboard?.write !== undefined;
