import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PersonViewer, Standing } from '#lib/access/viewer.ts';
import { Refusal } from '#lib/errors/refusal.ts';
import { LONGEST_NAME, openViews } from '#lib/server/views/views.ts';
import type { Views } from '#lib/server/views/views.ts';

let folder: string;
let views: Views;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'seven-steps-views-'));
  views = openViews(join(folder, 'app.sqlite'));
});
afterEach(() => {
  views.close();
  rmSync(folder, { recursive: true, force: true });
});

const person = (id: string, standing: Standing): PersonViewer => ({
  kind: 'person',
  id,
  name: id,
  ...standing,
});
const owner = person('boss', { role: 'owner' });
const north = person('north', { role: 'manager', stores: ['北店'] });
const south = person('south', { role: 'manager', stores: ['南店'] });
const save = (viewer: PersonViewer, name: string, isShared = false) =>
  views.save(viewer, { name, address: `/funnel/builder?window=30&by=${name}`, isShared });
const namesFor = (viewer: PersonViewer) => views.all(viewer).map(({ name }) => name);
const codeOf = (act: () => unknown) => {
  try {
    return act();
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
};

describe('saved views', () => {
  it('stay when the program ends, with the address that asks them', () => {
    save(north, '婚博会');
    views.close();
    views = openViews(join(folder, 'app.sqlite'));
    expect(views.all(north)).toEqual([
      {
        id: 1,
        name: '婚博会',
        address: '/funnel/builder?window=30&by=婚博会',
        isShared: false,
        author: { id: 'north', name: 'north' },
        isPinned: false,
        mayRemove: true,
      },
    ]);
  });

  it('are seen by their author alone until they are shared', () => {
    save(north, 'mine');
    save(north, 'ours', true);
    expect([namesFor(north), namesFor(south), namesFor(owner)]).toEqual([
      ['mine', 'ours'],
      ['ours'],
      ['ours'],
    ]);
  });

  it('are changed by saving under the same name, everybody’s names by themselves', () => {
    const { id } = save(north, 'fair');
    save(south, 'fair', true);
    expect(views.save(north, { name: ' fair ', address: '/funnel/builder', isShared: false })).toMatchObject({
      id,
      address: '/funnel/builder',
    });
    expect(namesFor(south)).toEqual(['fair']);
    expect(namesFor(north)).toEqual(['fair', 'fair']);
  });

  it('are pinned by everybody for themselves, and gone with their pins', () => {
    const { id } = save(north, 'ours', true);
    views.pin(owner, id, true);
    views.pin(owner, id, true);
    const pinned = (viewer: PersonViewer) => views.all(viewer).map(({ isPinned }) => isPinned);
    expect([pinned(owner), pinned(north)]).toEqual([[true], [false]]);
    views.pin(owner, id, false);
    expect(pinned(owner)).toEqual([false]);
    views.pin(owner, id, true);
    views.remove(north, id);
    save(north, 'another', true);
    expect(pinned(owner)).toEqual([false]);
  });

  it('are taken away by their author, shared ones by the owner too, and by nobody else', () => {
    const [mine, ours] = [save(north, 'mine').id, save(north, 'ours', true).id];
    expect(codeOf(() => views.remove(south, ours))).toBe('not_your_view');
    expect(codeOf(() => views.remove(owner, mine))).toBe('unknown_view');
    expect(codeOf(() => views.pin(south, mine, true))).toBe('unknown_view');
    views.remove(owner, ours);
    views.remove(north, mine);
    expect(namesFor(north)).toEqual([]);
  });

  it.each([
    ['no name', ' \n ', ''],
    ['a name that is too long', 'x'.repeat(LONGEST_NAME + 1), ''],
    ['an address that is too long', 'long', 'x'.repeat(20_000)],
  ])('are refused with %s', (_, name, address) => {
    expect(codeOf(() => views.save(owner, { name, address, isShared: false }))).toBe('bad_view');
  });
});
