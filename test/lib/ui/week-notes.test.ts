import { describe, expect, it } from 'vitest';
import { markNotes, marksWithin } from '#lib/ui/week-notes.ts';
import type { Note } from '#lib/ui/week-notes.ts';

const note = (id: number, week: string, lastDay: string, text: string): Note => ({
  id,
  week,
  lastDay,
  text,
  stores: null,
  mayChange: true,
});
const fair = note(1, '2026-11-16', '2026-11-22', 'fair');
const rain = note(2, '2026-11-09', '2026-11-15', 'rain');
const rival = note(3, '2026-11-16', '2026-11-22', 'rival opens');

describe('notes in charts', () => {
  it('have one mark for each week, the oldest first', () => {
    expect(markNotes([fair, rain, rival])).toEqual([
      { mark: '①', week: '2026-11-09', lastDay: '2026-11-15', texts: ['rain'] },
      { mark: '②', week: '2026-11-16', lastDay: '2026-11-22', texts: ['fair', 'rival opens'] },
    ]);
  });

  it('of stores have them before their text', () => {
    const closed = { ...fair, text: 'closed', stores: ['East', 'West'] };
    expect(markNotes([closed]).map(({ texts }) => texts)).toEqual([['East · West – closed']]);
  });

  it('stand at every point that has a day of their week: a week, or a month', () => {
    const marked = markNotes([fair, rain]);
    expect(marksWithin(marked, '2026-11-09', '2026-11-15')).toBe('①');
    expect(marksWithin(marked, '2026-11-01', '2026-11-30')).toBe('①②');
    expect(marksWithin(marked, '2026-11-23', '2026-11-29')).toBe('');
  });

  it('have different marks up to the 35th week', () => {
    const weeks = Array.from({ length: 40 }, (_, index) => {
      const day = new Date(Date.UTC(2026, 0, 5 + 7 * index)).toISOString().slice(0, 10);
      return note(index, day, day, 'note');
    });
    const marks = markNotes(weeks).map(({ mark }) => mark);
    expect(new Set(marks.slice(0, 35)).size).toBe(35);
    expect(new Set(marks.slice(35))).toEqual(new Set(['＊']));
  });
});
