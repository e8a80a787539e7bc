import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { LONGEST_NOTE, openNotes } from '#lib/server/notes/notes.ts';
import type { Notes } from '#lib/server/notes/notes.ts';

let folder: string;
let notes: Notes;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-notes-'));
  notes = openNotes(join(folder, 'app.sqlite'));
});
afterEach(() => {
  notes.close();
  rmSync(folder, { recursive: true, force: true });
});

const texts = (from: string, to: string) => notes.between(from, to).map(({ text }) => text);

describe('notes', () => {
  it('are pinned to the week of a day, from Monday to Sunday', () => {
    expect(notes.add('2026-11-22', 'fair in Chengdu')).toEqual({
      id: 1,
      week: '2026-11-16',
      lastDay: '2026-11-22',
      text: 'fair in Chengdu',
    });
  });

  it('belong to every period that has a day of their week', () => {
    notes.add('2026-11-16', 'fair');
    notes.add('2026-11-09', 'rain');
    expect(texts('2026-11-22', '2026-11-30')).toEqual(['fair']);
    expect(texts('2026-11-15', '2026-11-16')).toEqual(['rain', 'fair']);
    expect(texts('2026-11-23', '2026-11-29')).toEqual([]);
  });

  it('stay when the program ends', () => {
    notes.add('2026-11-16', '成都婚博会');
    notes.close();
    notes = openNotes(join(folder, 'app.sqlite'));
    expect(notes.all().map(({ text }) => text)).toEqual(['成都婚博会']);
  });

  it('can be rewritten, moved to another week and removed', () => {
    const { id } = notes.add('2026-11-16', 'fair');
    expect(notes.change(id, '2026-11-25', 'fair, two days')).toMatchObject({ id, week: '2026-11-23' });
    expect(notes.get(id).text).toBe('fair, two days');
    notes.remove(id);
    expect(notes.all()).toEqual([]);
  });

  it('are one line without control characters', () => {
    expect(notes.add('2026-11-16', ' rain\n\tand \u0000 wind ').text).toBe('rain and wind');
  });

  it.each([
    ['2026-02-30', 'fair', 'bad_date'],
    ['', 'fair', 'bad_date'],
    ['2026-11-16', ' \n ', 'bad_note'],
    ['2026-11-16', 'x'.repeat(LONGEST_NOTE + 1), 'bad_note'],
  ])('refuse day “%s” with text “%.10s” (%#) and keep nothing', (day, text, code) => {
    expect(() => notes.add(day, text)).toThrow(expect.objectContaining({ code }));
    expect(notes.all()).toEqual([]);
  });

  it('that do not exist are not changed, shown or removed', () => {
    const unknown = expect.objectContaining({ code: 'unknown_note' });
    expect(() => notes.get(7)).toThrow(unknown);
    expect(() => notes.get(NaN)).toThrow(unknown);
    expect(() => notes.change(7, '2026-11-16', 'fair')).toThrow(unknown);
    expect(() => notes.remove(7)).toThrow(unknown);
  });
});
