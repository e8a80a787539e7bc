/**
 * What somebody pinned to a week: "fair in Chengdu". `week` is its Monday, `lastDay` its Sunday; `stores` those that it tells
 * of, null for the whole house; `mayChange` says whether its reader may.
 */
export type Note = {
  id: number;
  week: string;
  lastDay: string;
  text: string;
  stores: readonly string[] | null;
  mayChange: boolean;
};

/** A note as it stands beside figures: with its stores before it. */
export function noteText({ text, stores }: Pick<Note, 'text' | 'stores'>): string {
  return stores === null ? text : `${stores.join(' · ')} – ${text}`;
}

/** The notes of one week under one mark, which stands in the charts and before the texts below them. */
export type MarkedNotes = { mark: string; week: string; lastDay: string; texts: string[] };

const CIRCLED_ONE = 0x2460;
const CIRCLED_TWENTY_ONE = 0x3251;
const MARKS = 35;

/** Notes week by week, oldest first, each week with its mark: ①, ② … The 36th week and later ones share an asterisk. */
export function markNotes(notes: readonly Note[]): MarkedNotes[] {
  const weeks = [...new Set(notes.map(({ week }) => week))].sort();
  return weeks.map((week, index) => {
    const ofWeek = notes.filter((note) => note.week === week);
    return {
      mark: markAt(index),
      week,
      lastDay: ofWeek[0]?.lastDay ?? week,
      texts: ofWeek.map(noteText),
    };
  });
}

/** The marks of the weeks that have a day in a period, in one text; empty without one. */
export function marksWithin(marked: readonly MarkedNotes[], from: string, to: string): string {
  return marked
    .filter(({ week, lastDay }) => week <= to && lastDay >= from)
    .map(({ mark }) => mark)
    .join('');
}

function markAt(index: number): string {
  if (index >= MARKS) return '＊';
  return String.fromCodePoint(index < 20 ? CIRCLED_ONE + index : CIRCLED_TWENTY_ONE + index - 20);
}
