import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Standing, Viewer } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
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

const person = (id: string, standing: Standing): Viewer => ({ kind: 'person', id, name: id, ...standing });
const owner = person('boss', { role: 'owner' });
const add = (day: string, text: string) => notes.add(owner, { day, text });

describe('notes', () => {
  it('are pinned to the week of a day, from Monday to Sunday', () => {
    expect(add('2026-11-22', 'fair in Chengdu')).toEqual({
      id: 1,
      week: '2026-11-16',
      lastDay: '2026-11-22',
      text: 'fair in Chengdu',
      stores: null,
      author: { id: 'boss', name: 'boss' },
      mayChange: true,
    });
  });

  it('stay when the program ends', () => {
    add('2026-11-16', '成都婚博会');
    notes.close();
    notes = openNotes(join(folder, 'app.sqlite'));
    expect(notes.all(owner).map(({ text }) => text)).toEqual(['成都婚博会']);
  });

  it('can be rewritten, moved to another week and removed', () => {
    const { id } = add('2026-11-16', 'fair');
    expect(notes.change(owner, id, { day: '2026-11-25', text: 'fair, two days' })).toMatchObject({
      id,
      week: '2026-11-23',
    });
    expect(notes.get(owner, id).text).toBe('fair, two days');
    notes.remove(owner, id);
    expect(notes.all(owner)).toEqual([]);
  });

  it('are one line without control characters', () => {
    expect(add('2026-11-16', ' rain\n\tand \u0000 wind ').text).toBe('rain and wind');
  });

  it.each([
    ['2026-02-30', 'fair', 'bad_date'],
    ['', 'fair', 'bad_date'],
    ['2026-11-16', ' \n ', 'bad_note'],
    ['2026-11-16', 'x'.repeat(LONGEST_NOTE + 1), 'bad_note'],
  ])('refuse day “%s” with text “%.10s” (%#) and keep nothing', (day, text, code) => {
    expect(() => add(day, text)).toThrow(expect.objectContaining({ code }));
    expect(notes.all(owner)).toEqual([]);
  });

  it('that do not exist are not changed, shown or removed', () => {
    const unknown = expect.objectContaining({ code: 'unknown_note' });
    expect(() => notes.get(owner, 7)).toThrow(unknown);
    expect(() => notes.get(owner, NaN)).toThrow(unknown);
    expect(() => notes.change(owner, 7, { day: '2026-11-16', text: 'fair' })).toThrow(unknown);
    expect(() => notes.remove(owner, 7)).toThrow(unknown);
  });
});

/** Whoever may ask, and what they call the notes of the four that are written below: which they read, which they change. */
const readers: readonly (readonly [string, Viewer, string, string])[] = [
  ['the owner', owner, 'house east both market', 'house east both market'],
  [
    'a manager of the east',
    person('east', { role: 'manager', stores: ['East'] }),
    'house east market',
    'east',
  ],
  [
    'a manager of east and west',
    person('both', { role: 'manager', stores: ['West', 'East'] }),
    'house east both market',
    'both',
  ],
  ['a manager of the west', person('west', { role: 'manager', stores: ['West'] }), 'house market', ''],
  ['the marketer', person('market', { role: 'marketer' }), 'house market', 'market'],
  ['another marketer', person('ads', { role: 'marketer' }), 'house market', ''],
  ['one of the staff', person('S1', { role: 'staff', staffId: 'S1' }), '', ''],
  ['a stranger', { kind: 'stranger' }, '', ''],
  ['a token', { kind: 'token', id: 1, name: '', tables: [], reads: { role: 'owner' } }, '', ''],
];
const readerOf = (name: string) =>
  readers.find(([, viewer]) => viewer.kind === 'person' && viewer.id === name)?.[1] ?? owner;

function written(): void {
  add('2026-11-16', 'house');
  notes.add(readerOf('east'), { day: '2026-11-16', text: 'east' });
  notes.add(readerOf('both'), { day: '2026-11-16', text: 'both' });
  notes.add(readerOf('market'), { day: '2026-11-16', text: 'market' });
}

const codeOf = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
  return 'done';
};

describe.each(readers)('of all notes %s', (_, viewer, read, changed) => {
  const listed = (text: string) => text.split(' ').filter((word) => word !== '');

  it('reads those of the house and of the stores that are all theirs, one by one and in the list', () => {
    written();
    expect(notes.all(viewer).map(({ text }) => text)).toEqual(listed(read));
    const opened = notes.kept().filter(({ id }) => codeOf(() => notes.get(viewer, id)) === 'done');
    expect(opened.map(({ text }) => text)).toEqual(listed(read));
  });

  it('changes and removes their own, and nobody’s else unless they are the owner', () => {
    written();
    const outcomes = notes.kept().map(({ id, text }) => ({
      text,
      changed: codeOf(() => notes.change(viewer, id, { day: '2026-11-23', text })),
      removed: codeOf(() => notes.remove(viewer, id)),
    }));
    const expected = ['house', 'east', 'both', 'market'].map((text) => {
      const code = listed(changed).includes(text)
        ? 'done'
        : listed(read).includes(text)
          ? 'not_your_note'
          : 'unknown_note';
      return { text, changed: code, removed: code };
    });
    expect(outcomes).toEqual(expected);
  });

  it('sees no difference when notes that they do not read come, change and go', () => {
    written();
    const before = JSON.stringify(notes.all(viewer));
    const strange = notes.add(owner, { day: '2026-11-16', text: 'north', stores: ['North'] });
    if (viewer.kind !== 'person' || viewer.role !== 'owner')
      expect(JSON.stringify(notes.all(viewer))).toBe(before);
    notes.change(owner, strange.id, { day: '2026-11-16', text: 'south', stores: ['South', 'East'] });
    notes.remove(owner, strange.id);
    expect(JSON.stringify(notes.all(viewer))).toBe(before);
  });
});

describe('a note is written', () => {
  it.each([
    ['east', null, ['East']],
    ['both', null, ['West', 'East']],
    ['both', ['East'], ['East']],
    ['market', null, null],
    ['boss', ['North'], ['North']],
  ])('by %s, who wishes %j, for %j', (name, stores, kept) => {
    expect(notes.add(readerOf(name), { day: '2026-11-16', text: 'x', stores }).stores).toEqual(kept);
  });

  it.each([
    ['east', ['West']],
    ['east', ['East', 'West']],
    ['market', ['East']],
  ])('by %s not for %j', (name, stores) => {
    const viewer = readerOf(name);
    expect(codeOf(() => notes.add(viewer, { day: '2026-11-16', text: 'x', stores }))).toBe('not_for_you');
    const { id } = notes.add(viewer, { day: '2026-11-16', text: 'x' });
    expect(codeOf(() => notes.change(viewer, id, { day: '2026-11-16', text: 'x', stores }))).toBe(
      'not_for_you',
    );
  });

  it('by nobody of the staff, no stranger and no token', () => {
    for (const [, viewer, read] of readers)
      if (read === '')
        expect(codeOf(() => notes.add(viewer, { day: '2026-11-16', text: 'x' }))).toBe('not_for_you');
  });
});

it('notes of a release that kept no author are the house’s, and the owner changes them', () => {
  const file = join(folder, 'older.sqlite');
  const older = new DatabaseSync(file);
  older.exec(`create table notes (id integer primary key, week text not null, text text not null) strict;
    insert into notes (week, text) values ('2026-11-16', 'fair')`);
  older.close();
  const opened = openNotes(file);
  expect(opened.all(readerOf('east'))).toMatchObject([{ text: 'fair', author: null, mayChange: false }]);
  expect(opened.all(owner)).toMatchObject([{ mayChange: true }]);
  opened.close();
});
