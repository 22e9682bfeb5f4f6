// The one screen.
import { effect } from '@preact/signals';
import { titleText } from '@tidemark/shared/chart/captions.js';
import { useEffect } from 'preact/hooks';
import { CompareSection } from './compare/section.js';
import { FindingsList } from './findings/section.js';
import { GRAPH_ID, Graph } from './graph/graph.js';
import { keyAnywhere } from './graph/keys.js';
import { Phases } from './graph/phases.js';
import { Toolbar } from './graph/toolbar.js';
import { Header } from './header/header.js';
import { Tiles } from './header/tiles.js';
import { HelpSheet } from './help/sheet.js';
import { SEARCH_ID } from './log/filter-bar.js';
import { LogPanel } from './log/panel.js';
import { NotesList } from './notes/list.js';
import { KillPart } from './oom/kill-part.js';
import { DropZone } from './open/drop-zone.js';
import { Empty } from './open/empty.js';
import { FileField } from './open/open-button.js';
import { OverviewStrip } from './overview/strip.js';
import { Banner } from './parts/banner.js';
import { Messages } from './parts/messages.js';
import { graphShare, Splitter } from './parts/splitter.js';
import { PrintedGraph } from './print/printed-graph.js';
import { recordings, status } from './state/opened.js';
import { Tour } from './tour/tour.js';

export function App() {
  useEffect(() => {
    const focus = (id: string) => document.getElementById(id)?.focus();
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isField(event.target)) return;
      if (document.querySelector('dialog[open]') !== null) return;
      if (
        keyAnywhere(
          event,
          () => focus(GRAPH_ID),
          () => focus(SEARCH_ID),
        )
      )
        event.preventDefault();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);

  useEffect(
    () =>
      effect(() => {
        const open = recordings.value;
        document.title = open.length === 0 ? 'tidemark' : `${titleText(open)} - tidemark`;
      }),
    [],
  );

  const { kind } = status.value;
  const nothing = kind === 'empty' || kind === 'failed';
  return (
    <>
      <div class="page">
        <Header />
        <Banner />
        {nothing ? (
          <main class="main-empty">
            <Empty />
          </main>
        ) : (
          <>
            <Tiles />
            <main class="main" style={{ '--graph-share': `${graphShare.value}%` }}>
              <section class="graph-area" aria-label="Graph">
                <Toolbar />
                <Graph />
                <OverviewStrip />
                <PrintedGraph />
              </section>
              <Splitter />
              <div class="under">
                <LogPanel />
                <aside class="aside" aria-label="Findings, phases and notes">
                  <KillPart />
                  <CompareSection />
                  <section class="aside-part" aria-labelledby="findings-title">
                    <h2 id="findings-title">Findings</h2>
                    <FindingsList />
                  </section>
                  <section class="aside-part" aria-labelledby="phases-title">
                    <h2 id="phases-title">Phases</h2>
                    <Phases />
                  </section>
                  <section class="aside-part" aria-labelledby="notes-title">
                    <h2 id="notes-title">Notes</h2>
                    {kind === 'ready' && <NotesList />}
                  </section>
                </aside>
              </div>
            </main>
          </>
        )}
      </div>
      <DropZone />
      <FileField />
      <Messages />
      <HelpSheet />
      <Tour />
    </>
  );
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select, [contenteditable]');
