import { openAsBlob } from 'node:fs';
import { basename, join } from 'node:path';
import type { Standing } from '#lib/access/viewer.ts';
import { doors } from '#lib/server/access/doors.ts';
import type { Audience } from '#lib/server/access/doors.ts';
import { openLinks } from '#lib/server/accounts/links.ts';
import { openPeople } from '#lib/server/accounts/people.ts';
import { fileLink } from '#lib/ui/customer-link.ts';
import { figureLink } from '#lib/ui/figure-link.ts';
import { joinBy } from './askers.ts';
import { draftFiles } from './draft-files.ts';
import { ownLists } from './own-lists.ts';
import { openStudio, signedIn, startServer } from './studio.ts';
import type { Studio } from './studio.ts';

/** A page at an address where it has something to show, and the cookie of whoever opens it there. */
export type Shown = { route: string; address: string; cookie: string };

/** The sample's lists as somebody's own, with something on every page. */
export type House = {
  pages: readonly Shown[];
  /** The page Me as a member of staff opens it. */
  own: Shown;
  end(): Promise<void>;
};

/** The paths at which the pages of a route are opened. */
type Paths = Readonly<Record<string, readonly string[]>>;

const WEEK = { from: '2026-10-12', to: '2026-10-18' };

/** Opens a house over a folder that holds the sample. Throws where a route with a parameter has no path here. */
export async function openHouse(sampleFolder: string): Promise<House> {
  const [studio, { server: fresh, link }] = await Promise.all([
    openStudio(join(sampleFolder, 'sample')),
    startServer(sampleFolder),
  ]);
  const owner = signedIn.get(studio.address) ?? '';
  const staff = await joinBy(studio, invitation(studio, '林静', { role: 'staff', staffId: 'S11' }));
  const paths = await furnished(studio);
  const pages = Object.entries(doors).flatMap(([route, { page }]) => {
    if (page === undefined) return [];
    if (route === '/setup') return [{ route, address: link ?? '', cookie: '' }];
    return pathsOf(route, paths).map((path) => ({
      route,
      address: studio.address + path,
      cookie: cookieFor(page, { owner, staff }),
    }));
  });
  const own = { route: '/me', address: `${studio.address}/me`, cookie: staff };
  return {
    pages: [...pages, own],
    own,
    end: async () => {
      await Promise.all([studio.end(), fresh.end()]);
    },
  };
}

function pathsOf(route: string, paths: Paths): readonly string[] {
  const known = paths[route] ?? (route.includes('[') ? undefined : [route]);
  if (known === undefined) throw new Error(`test/browser/house.ts knows no address of ${route}`);
  return known;
}

function cookieFor({ who }: Audience, { owner, staff }: { owner: string; staff: string }): string {
  if (who === 'anyone' || who === 'strangers') return '';
  return who.includes('owner') ? owner : staff;
}

/** Leaves something on the pages that would be empty, and says where those are that have no fixed address. */
async function furnished(studio: Studio): Promise<Paths> {
  const [files, lists] = [await draftFiles(), ownLists()];
  try {
    const [imported, drafted] = await Promise.all([
      draft(studio, lists.nextWeek).then((path) => posted(studio, `${path}?/import`, new FormData())),
      draft(studio, files.till, files.lines),
      posted(studio, '/notes?/add', new URLSearchParams({ week: WEEK.from, text: 'Fair in Chengdu' })),
    ]);
    const why = new URLSearchParams({ reason: 'They asked' });
    const opened = await posted(studio, `${fileLink('C:C00001')}?/open`, why);
    return {
      '/customers/[id]': [fileLink('C:C00002'), opened],
      '/customers/[id]/erase': [`${opened}/erase`],
      '/search': ['/search?q=rate'],
      '/reports/[name]': ['/reports/funnel'],
      '/figure/[report]/[column]': [
        figureLink('funnel', 'rate', WEEK, { step_no: 3 }),
        figureLink('money', 'collected', WEEK, { starts_on: WEEK.from }),
      ],
      '/data/batches/[batch]': [`/data/batches/${await lastBatch(studio)}`],
      '/data/drafts/[id]': [drafted],
      '/data/imports/[id]': [imported],
      '/data/lists/[list]': ['/data/lists/leads'],
      '/campaigns/[id]': ['/campaigns/M54', '/campaigns/M48?audience=90000'],
      '/experiments/[id]': ['/experiments/E1', '/experiments/E2'],
      '/changes': ['/changes', `/changes?store=${encodeURIComponent('中山路店')}&on=2026-03-02`],
      '/attribution': ['/attribution', '/attribution?by=campaign&show=amount&window=30'],
      '/join/[secret]': [`/join/${invitation(studio, '魏强', { role: 'manager', stores: ['中山路店'] })}`],
    };
  } finally {
    files.remove();
    lists.remove();
  }
}

async function lastBatch(studio: Studio): Promise<number> {
  const answer = await studio.fetch('/api/reports/batches');
  const { rows } = (await answer.json()) as { rows: { batch_id: number }[] };
  return rows[0]?.batch_id ?? 0;
}

/** Hands files in; gives the path of the page where they are looked at. */
async function draft(studio: Studio, ...files: string[]): Promise<string> {
  const form = new FormData();
  for (const file of files) form.append('files', await openAsBlob(file), basename(file));
  return posted(studio, '/data?/draft', form);
}

/** Invites somebody; gives the secret of their link. */
function invitation({ data }: Studio, name: string, standing: Standing): string {
  const store = join(data, 'app.sqlite');
  const [people, links] = [openPeople(store), openLinks(store)];
  try {
    const now = new Date();
    return links.make(people.add(name, standing, now).id, 'join', now).secret;
  } finally {
    for (const one of [people, links]) one.close();
  }
}

/** Sends a form as the owner; gives the path that it leads to. Throws when it leads nowhere. */
async function posted(studio: Studio, path: string, body: FormData | URLSearchParams): Promise<string> {
  const answer = await studio.fetch(path, {
    method: 'POST',
    body,
    redirect: 'manual',
    headers: { origin: studio.address, accept: 'text/html' },
  });
  const to = answer.headers.get('location');
  if (to === null) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return to;
}
