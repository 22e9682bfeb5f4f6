// Text to take away from files that were dropped on the page. A page that is itself a report of one file has no template for another.
import { UnavailableError } from '@tidemark/shared/errors.js';
import type { TakeAway } from '@tidemark/shared/view/data-source.js';
import type { OpenSession } from '@tidemark/shared/view/open-session.js';
import { takeAwayText } from '../../html/take-away.js';
import { embeddedFacts } from './embedded.js';

export async function takeAway(session: OpenSession, request: TakeAway): Promise<string[]> {
  const pieces: string[] = [];
  for await (const piece of takeAwayText(session, request, template)) pieces.push(piece);
  return pieces;
}

async function template(): Promise<string> {
  if (embeddedFacts() !== null) {
    throw new UnavailableError('This page is such a file already.', 'Copy the file itself.');
  }
  const answer = await fetch('./report.html');
  if (!answer.ok) throw new UnavailableError('The viewer did not give the page to put the data into.');
  return answer.text();
}
