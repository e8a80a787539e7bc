import { mkdirSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { zip } from '../../lib/server/import/reading/zip.ts';
import { signedIn } from '../studio.ts';
import type { Attacked } from './attacked.ts';
import { sent } from './sent.ts';

/** Names that lead out of the folder in which they stand. */
export function attackByPaths(house: Attacked): void {
  describe('ways out of a folder', () => {
    test('lead nowhere in an address', async () => {
      const cookie = signedIn.get(house.studio().address) ?? '';
      for (const path of [
        '/../../../etc/passwd',
        '/..%2f..%2f..%2fetc%2fpasswd',
        '/_app/..%5c..%5cpackage.json',
        '/_app/immutable/../../../../package.json',
        '/%2e%2e/%2e%2e/package.json',
        '/favicon.svg/../../../package.json',
        '/data/mappings/file?source=..%2f..%2fapp.sqlite',
        '/figure/..%2f..%2fx/people/chart.svg',
      ]) {
        const { status, text } = await sent(house.studio(), path, { cookie });
        expect([400, 404], path).toContain(status);
        expect(text, path).not.toMatch(/root:x|"dependencies"|SQLite format/);
      }
    });

    test('lead nowhere in the name of a file, which keeps its last part alone', async () => {
      const form = new FormData();
      const list = 'lead_id,created_at\nL1,2026-08-01\n';
      form.append('files', new Blob([list]), '../../../../escaped.csv');
      form.append('files', new Blob([list]), 'C:\\windows\\escaped-too.csv');
      const taken = await house.studio().fetch('/data?/draft', {
        method: 'POST',
        body: form,
        headers: { origin: house.studio().address, accept: 'text/html' },
        redirect: 'manual',
      });
      const place = taken.headers.get('location') ?? '';
      expect(place).toMatch(/^\/data\/drafts\/[0-9a-f-]{36}$/);
      const page = await (await house.studio().fetch(place)).text();
      expect(page).toContain('escaped.csv');
      expect(page).not.toMatch(/\.\.\/+escaped|windows/);
      for (const folder of [house.studio().data, join(house.studio().data, '..')])
        expect(readdirSync(folder).filter((name) => name.startsWith('escaped'))).toEqual([]);
    });

    test('lead nowhere in the names within an archive, of a file in a watched folder and of a file whose reading is kept', async () => {
      const studio = house.studio();
      const list = 'lead_id,created_at\nL-out,2026-08-01\n';
      const archive = zip(
        ['../../../escaped-1.csv', '/escaped-2.csv', '..\\..\\escaped-3.csv'].map((name) => ({
          name,
          content: list,
        })),
      );
      const form = new FormData();
      form.append('files', new Blob([Uint8Array.from(archive)]), 'lists.zip');
      const taken = await studio.fetch('/data?/draft', {
        method: 'POST',
        body: form,
        headers: { origin: studio.address, accept: 'text/html' },
        redirect: 'manual',
      });
      const page = await studio.fetch(taken.headers.get('location') ?? '');
      expect(page.status).toBe(200);

      const watched = join(studio.data, 'watched');
      mkdirSync(watched);
      const odd = join(watched, 'sub\\..\\..\\escaped-4.csv');
      writeFileSync(odd, list);
      utimesSync(odd, 0, 0);
      const feed = join(studio.data, 'feed.json');
      writeFileSync(feed, JSON.stringify({ name: 'watched', kind: 'folder', path: watched, table: 'leads' }));
      await studio.command('feed', 'put', feed);
      await studio.command('feed', 'run', 'watched');
      expect(await studio.command('batches')).toContain('escaped-4.csv');

      const mapping = join(studio.data, 'mapping.json');
      const lists = [{ table: 'leads', columns: { lead_id: 'no', created_at: 'when' } }];
      writeFileSync(mapping, JSON.stringify({ headers: ['no', 'when'], lists }));
      await studio.command('mapping', '../../escaped-5.csv', '--from', mapping);
      const kept = await studio.fetch('/data/mappings/file?source=..%2f..%2fescaped-5.csv');
      expect(kept.status).toBe(200);
      expect(kept.headers.get('content-disposition')).not.toMatch(/\.\.|[/\\]/);
      for (const folder of [studio.data, join(studio.data, '..'), join(studio.data, '..', '..'), '/'])
        expect(readdirSync(folder).filter((name) => name.includes('escaped'))).toEqual([]);
    });
  });
}
