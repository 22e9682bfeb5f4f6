// The page starts here.
import { render } from 'preact';
import { App } from './app.js';
import { watchRememberedClocks } from './state/clock-moves.js';
import { watchAlignment } from './state/comparison.js';
import { watchErrors } from './state/errors.js';
import { watchMarks, watchPhases, watchWindows } from './state/fetched.js';
import { watchFinalValues } from './state/final-values.js';
import { watchFindings } from './state/findings.js';
import { watchHistory } from './state/history.js';
import { watchHits, watchOtherHits } from './state/hits.js';
import { watchNearLine } from './state/near-line.js';
import { watchNotes } from './state/notes.js';
import { openAtStart } from './state/opened.js';
import { watchOverview } from './state/overview.js';
import { watchTheme } from './state/theme.js';
import './styles/index.css';

watchHistory();
watchTheme();
watchRememberedClocks();
watchWindows();
watchMarks();
watchPhases();
watchFindings();
watchAlignment();
watchFinalValues();
watchNotes();
watchHits();
watchOtherHits();
watchErrors();
watchNearLine();
watchOverview();

const root = document.getElementById('page');
if (root !== null) render(<App />, root);
void openAtStart();
