// Two sources as one: what the server has open, and files dropped beside it. The ids of dropped ones begin with a prefix.
import { suggestShift } from '@tidemark/shared/logs/suggest-shift.js';
import type { DataSource, LogView, Session } from '@tidemark/shared/view/data-source.js';

export function joinSources(first: DataSource, dropped: DataSource, prefix: string): DataSource {
  const of = (id: string): DataSource => (id.startsWith(prefix) ? dropped : first);
  return {
    kind: first.kind,
    async session() {
      const [one, two] = await Promise.all([first.session(), dropped.session()]);
      return joinSessions(one, two);
    },
    window: (request, signal) => of(request.recording).window(request, signal),
    figures: (request, signal) => of(request.log).figures(request, signal),
    phases: (recording, column) => of(recording).phases(recording, column),
    findings: (request, signal) => of(request.recording).findings(request, signal),
    marks: (request, signal) => of(request.log).marks(request, signal),
    lines: (request, signal) => of(request.log).lines(request, signal),
    search: (request, signal, onHits) => of(request.log).search(request, signal, onHits),
    lineAt: (log, clock, timeMs) => of(log).lineAt(log, clock, timeMs),
    annotations: (recording) => of(recording).annotations(recording),
    saveAnnotations: (recording, annotations) => of(recording).saveAnnotations(recording, annotations),
    // Of what was open before files were dropped beside it.
    takeAway: (request) => (request.kind === 'markdown' ? of(request.recording) : first).takeAway(request),
    subscribe(listener, onConnection) {
      let one: Session | null = null;
      let two: Session | null = null;
      const tell = (): void => {
        if (one !== null && two !== null) listener(joinSessions(one, two));
      };
      const stopFirst = first.subscribe((session) => {
        one = session;
        tell();
      }, onConnection);
      const stopDropped = dropped.subscribe((session) => {
        two = session;
        tell();
      });
      // Each speaks only when it changes: ask once, so that the first change of either can be told.
      void Promise.all([first.session(), dropped.session()]).then(
        ([now, then]) => {
          one ??= now;
          two ??= then;
          tell();
        },
        () => undefined,
      );
      return () => {
        stopFirst();
        stopDropped();
      };
    },
  };
}

export function joinSessions(one: Session, two: Session): Session {
  const recordings = [...one.recordings, ...two.recordings];
  const measured = recordings.filter(({ rows }) => rows > 0);
  const startMs = Math.min(...measured.map((recording) => recording.startMs));
  const endMs = Math.max(...measured.map((recording) => recording.endMs));
  // A log that was dropped alone is laid against everything that is on the graph.
  const met = (log: LogView): LogView =>
    log.recording !== null || measured.length === 0 || log.progress < 1
      ? log
      : { ...log, suggestedShiftMs: suggestShift(log.facts, startMs, endMs) };
  return { recordings, logs: [...one.logs, ...two.logs].map(met) };
}
