// The four steps of the tour: what stands where, and what one does with it.

export interface Step {
  readonly title: string;
  readonly text: string;
  /** What the step is about, as a selector: the smallest box that holds all of it. */
  readonly about: string;
}

export const STEPS: readonly Step[] = [
  {
    title: 'How much, and how it ended',
    text: 'The peak, also between samples; what was left at the end; how long it ran; how much room there was. The line below is the verdict: where the memory came from, and whether it leaks.',
    about: '.tiles',
  },
  {
    title: 'When memory moved',
    text: 'Bands are phases: rise, climb, plateau, fall, drop. Point at the graph to read it, click to pin a moment, drag to zoom in, 0 for everything. The marks under it are lines of the log.',
    about: '.graph-area',
  },
  {
    title: 'What the job said then',
    text: 'The log runs on the clock of the graph. Click a moment and the log goes there; click a line and the graph shows its moment. e steps through errors, / filters.',
    about: '.log',
  },
  {
    title: 'What stands out, and taking it along',
    text: 'Each finding leads to its place in graph and log. Add a note with a, then Export: a picture for the postmortem, a report, or the whole page as one file.',
    about: '.aside',
  },
];
