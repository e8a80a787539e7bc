import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { doors } from '#lib/server/access/doors.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import { cookieIn, openStudio, OWNER, signedIn, startServer } from './studio.ts';
import type { Studio } from './studio.ts';

/** What must not stand in the log: a name, a telephone, something searched for, the name of a file. */
const SECRET = { name: '密密张', phone: '13912345678', search: 'who owes me', file: 'geheim-2026.csv' };
const SQL = `x'); drop table raw.leads; --" \\ $1 {} %s`;
/** Headers and field names as somebody writes them who knows how statements are put together. */
const NAMES = [
  SQL,
  '"; select 1; --',
  "a' or '1'='1",
  '$name',
  'x]] || (select 1)',
  'constructor',
  '__proto__',
  '{{x}}',
  '\\',
  '/* x',
];

let studio: Studio;
beforeAll(async () => {
  studio = await openStudio(inject('sampleFolder'), { SEVENSTEPS_LOG: 'debug' });
  const days = Array.from({ length: 120 }, (_, at) =>
    new Date(Date.UTC(2026, 4, 1 + at)).toISOString().slice(0, 10),
  );
  const list = join(studio.data, SECRET.file);
  const quoted = NAMES.map((name) => `"${name.replaceAll('"', '""')}"`);
  const lines = days.flatMap((day, at) =>
    ['a', 'b'].map(
      (half) =>
        `L${at}${half},${day} 10:00,美团,解放碑店,S1,${SECRET.name},${SECRET.phone},${NAMES.map(() => half)}`,
    ),
  );
  writeFileSync(
    list,
    `lead_id,created_at,channel,store,staff_id,customer_name,phone,${quoted.join(',')}\n${lines.join('\n')}\n`,
  );
  await studio.command('import', list, '--table', 'leads');
}, 240_000);
afterAll(() => studio.end());

const leads = async () => {
  const answer = await studio.fetch('/api/reports/journey_rows?limit=1');
  const { rows } = (await answer.json()) as { rows: { all_rows: number }[] };
  return rows[0]?.all_rows;
};

/** Every door that takes a form, and what it is asked by. */
const forms = Object.entries(doors).flatMap(([route, { page, actions = {}, methods = {} }]) => [
  ...Object.entries(page ? actions : {}).map(([action, audience]) => ({
    path: `${at(route)}${action === 'default' ? '' : `?/${action}`}`,
    audience,
  })),
  ...(methods.POST && !route.startsWith('/api/') ? [{ path: at(route), audience: methods.POST }] : []),
]);

function at(route: string): string {
  return route.replace(/\[\w+\]/g, randomUUID());
}

/** Sends what a browser's own functions would put in order first. */
function sent(path: string, headers: OutgoingHttpHeaders, method = 'GET', body?: string) {
  const { hostname, port } = new URL(studio.address);
  return new Promise<{ status: number; text: string; headers: OutgoingHttpHeaders }>((done, fail) => {
    const asked = request({ hostname, port, path, method, headers }, (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      answer.on('end', () => done({ status: answer.statusCode ?? 0, text, headers: answer.headers }));
    });
    asked.once('error', fail);
    asked.end(body);
  });
}

describe('statements in what is asked', () => {
  /** Values for parameters that have no default, so that the one that is attacked is reached. */
  const needed: Record<string, string> = { by: 'store', table_name: 'leads', staff: 'S1' };

  test('reach no statement through any parameter of any report', async () => {
    const before = await leads();
    const wrong: string[] = [];
    for (const { name, parameters } of Object.values(reportSpecs)) {
      for (const parameter of parameters) {
        const query = new URLSearchParams(
          parameters
            .filter(({ optional, default: given, kind }) => !optional && given === null && kind !== 'filters')
            .map((one): [string, string] => [one.name, one.choices?.[0] ?? needed[one.name] ?? '1']),
        );
        const values = parameter.kind === 'filters' ? [SQL, `${SQL}=1`, `store=${SQL}`] : [SQL];
        for (const value of values) {
          query.set(parameter.name, value);
          const answer = await studio.fetch(`/api/reports/${name}?${query}`);
          const text = await answer.text();
          if (answer.status >= 500 || /parser error|syntax|binder error/i.test(text))
            wrong.push(`${name} ${parameter.name}: ${answer.status} ${text.slice(0, 200)}`);
        }
      }
      const unknown = await studio.fetch(`/api/reports/${name}?${new URLSearchParams({ [SQL]: '1' })}`);
      if (unknown.status >= 500) wrong.push(`${name}: the name of a parameter`);
    }
    expect(wrong).toEqual([]);
    expect(await leads()).toBe(before);
  });

  test('reach none through what the pages read of their address', async () => {
    const sources = readdirSync('src/routes', { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(join('src/routes', file), 'utf8'));
    const asks = /(?:searchParams|search|address|query)(?:\.(?:get|getAll|has)\(|, )'(\w+)'/g;
    const names = new Set(sources.flatMap((text) => [...text.matchAll(asks)].map(([, name = '']) => name)));
    for (const known of ['week', 'store', 'by', 'q', 'edit', 'source', 'where'])
      expect(names).toContain(known);
    const pages = Object.entries(doors).filter(([route, { page }]) => page && !/\[|setup|login/.test(route));
    const wrong: string[] = [];
    for (const [route] of pages)
      for (const name of names) {
        const { status } = await studio.fetch(`${route}?${new URLSearchParams({ [name]: SQL })}`, {
          redirect: 'manual',
        });
        if (status >= 500) wrong.push(`${route} ${name}: ${status}`);
      }
    expect(wrong).toEqual([]);
  });

  test('reach none through names of columns and of fields, which can be asked by like any other', async () => {
    const token = (await studio.command('token', 'add', 'till', '--tables', 'leads')).trim();
    const record = Object.fromEntries(NAMES.map((name) => [name, 'c']));
    const body = JSON.stringify([{ ...record, lead_id: 'pushed', created_at: '2026-08-01 09:00' }]).replace(
      '{',
      '{"__proto__":"c",',
    );
    const pushed = await fetch(`${studio.address}/api/v1/leads`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      body,
    });
    expect(await pushed.json()).toMatchObject({ loaded: 1, rejected: 0 });
    for (const name of NAMES) {
      const query = new URLSearchParams({ by: name, from: '2026-05-01', to: '2026-08-28' });
      const answer = await studio.fetch(`/api/reports/funnel?${query}`);
      const { rows } = (await answer.json()) as {
        rows: { segment: string; step_no: number; people: number }[];
      };
      const leads = rows
        .filter(({ segment, step_no }) => segment !== null && step_no === 2)
        .map(({ segment, people }) => [segment, people]);
      expect(leads.toSorted(), name).toEqual([
        ['a', 120],
        ['b', 120],
        ['c', 1],
      ]);
      const page = await studio.fetch(`/funnel?${query}`);
      expect(page.status, name).toBe(200);
    }
  });
});

describe('forms of others', () => {
  test('are refused at every door, whatever they bring, and where they do not say whence they come', async () => {
    const before = await (await studio.fetch('/people')).text();
    const cookie = signedIn.get(studio.address) ?? '';
    const wrong: string[] = [];
    const kinds = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'];
    for (const { path } of forms)
      for (const origin of ['http://evil.example', 'null', undefined])
        for (const type of kinds) {
          const headers = { cookie, 'content-type': type, ...(origin && { origin }) };
          const { status } = await sent(path, headers, 'POST', 'name=x');
          if (status !== 403) wrong.push(`${path} ${origin} ${type}: ${status}`);
        }
    for (const { path } of forms)
      for (const type of ['application/json', '']) {
        const headers = { cookie, origin: 'http://evil.example', ...(type && { 'content-type': type }) };
        const { status } = await sent(path, headers, 'POST', '{"name":"x"}');
        // Whoever is signed in is led home from the log-in; a form without its kind changes no preference.
        const isIdle = status === 303 && /^\/(login|setup|preferences)/.test(path);
        if (!isIdle && ![403, 404, 415].includes(status)) wrong.push(`${path} as ${type}: ${status}`);
      }
    expect(wrong).toEqual([]);
    expect(await (await studio.fetch('/people')).text().then(plain)).toBe(plain(before));
  });

  test('hand in no list and take none back with somebody’s cookie alone', async () => {
    const cookie = signedIn.get(studio.address) ?? '';
    for (const [path, method, body] of [
      ['/api/v1/leads', 'POST', '[]'],
      ['/api/v1/leads/1', 'DELETE', undefined],
    ] as const)
      expect((await sent(path, { cookie, 'content-type': 'application/json' }, method, body)).status).toBe(
        403,
      );
  });
});

/** A page without what differs from one answer to the next. */
const plain = (html: string) => html.replace(/nonce="[^"]+"|\d{2}:\d{2}(:\d{2})?|__sveltekit_\w+/g, '');

describe('what is too large', () => {
  test('is refused at every door before it is taken in, and leaves nothing', async () => {
    const staging = join(studio.data, 'staging');
    const waiting = () => (existsSync(staging) ? readdirSync(staging) : []);
    const before = waiting();
    await studio.command('set', 'upload_limit', '1');
    const cookie = signedIn.get(studio.address) ?? '';
    const token = (await studio.command('token', 'add', 'flood', '--tables', 'leads')).trim();
    const wrong: string[] = [];
    const big = 'x'.repeat(9 << 20);
    for (const { path, audience } of forms) {
      const isStranger = audience.who === 'strangers';
      const type =
        audience.body === 'files' ? 'multipart/form-data; boundary=x' : 'application/x-www-form-urlencoded';
      const file = '--x\r\ncontent-disposition: form-data; name="files"; filename="a.csv"\r\n\r\n';
      const headers = {
        ...(!isStranger && { cookie }),
        accept: 'text/html',
        origin: studio.address,
        'content-type': type,
      };
      const body =
        audience.body === 'files' ? `${file}${big}\r\n--x--` : isStranger ? 'x'.repeat(65 << 10) : big;
      const { status, text } = await sent(
        path,
        { ...headers, 'content-length': body.length },
        'POST',
        body,
      ).catch((error: unknown) => ({ status: 0, text: String(error) }));
      // Where the page itself is not there, it says so instead.
      if (status === 404 && path.startsWith('/data/drafts/')) continue;
      if (status !== 413 || !/larger than (8192|64|1) [kM]B/.test(text))
        wrong.push(`${path}: ${status} ${text.slice(0, 100)}`);
    }
    const push = { authorization: `Bearer ${token}`, 'content-type': 'text/csv' };
    expect((await sent('/api/v1/leads', push, 'POST', big)).status).toBe(413);
    expect(wrong).toEqual([]);
    expect(waiting()).toEqual(before);
    await studio.command('set', 'upload_limit', '2000');
  });

  test('in headers is turned away, and the others are answered as before', async () => {
    expect((await sent('/', { cookie: 'x'.repeat(20_000) })).status).toBe(431);
    const many = Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [`x-${at}`, 'y']));
    expect((await sent('/login', many)).status).toBeLessThan(500);
    expect((await studio.fetch('/')).status).toBe(200);
  });

  test('in a record that has no end is refused, however deep it goes', async () => {
    const token = (await studio.command('token', 'add', 'deep', '--tables', 'leads')).trim();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const record = (rest: string) => `[{"lead_id":"D1","created_at":"2026-03-01",${rest}}]`;
    const many = Array.from({ length: 10_000 }, (_, n) => `"c${n}":1`).join();
    for (const [body, statuses] of [
      ['['.repeat(400_000), [422]],
      ['{"a":'.repeat(200_000), [422]],
      [record(many), [422]],
      [record(`"x":${'['.repeat(50_000)}${']'.repeat(50_000)}`), [200, 422]],
      [record('"x\\u0000y":"\\u0000","\\ud800":"\\udfff"'), [200, 422]],
    ] as const) {
      const { status } = await sent('/api/v1/leads', headers, 'POST', body);
      expect(statuses, body.slice(0, 60)).toContain(status);
    }
    expect((await studio.fetch('/data')).status).toBe(200);
  });
});

describe('what is not one’s own', () => {
  test('is answered as what does not exist: batches, drafts, imports, decisions, feeds, notes, people', async () => {
    const ids = [
      '0',
      '-1',
      '999999',
      '1e3',
      '1 or 1=1',
      randomUUID(),
      '__proto__',
      'constructor',
      '%00',
      '..%2f..',
    ];
    const wrong: string[] = [];
    for (const route of Object.keys(doors).filter((one) => one.includes('[')))
      for (const id of ids) {
        const path = route.replace(/\[\w+\]/g, encodeURI(decodeURI(id)).replaceAll('/', '%2f'));
        if (path.startsWith('/api/v1')) continue;
        const { status } = await studio.fetch(path, { redirect: 'manual' });
        if (![400, 404, 410].includes(status)) wrong.push(`${path}: ${status}`);
      }
    for (const query of ['people?edit=', 'notes?edit=', 'data/mappings/file?source='])
      for (const id of ids) {
        const { status } = await studio.fetch(`/${query}${id}`);
        if (![400, 404].includes(status)) wrong.push(`${query}${id}: ${status}`);
      }
    expect(wrong).toEqual([]);
  });

  test('cannot be told from nothing by a role that may not see it', async () => {
    const marketer = await joined('Marie', 'marketer');
    const told = async (path: string) => {
      const answer = await fetch(studio.address + path, {
        headers: { cookie: marketer, accept: 'text/html' },
      });
      return [answer.status, await answer.text()];
    };
    for (const [real, none] of [
      ['/data/batches/1', '/data/batches/999999'],
      ['/data/batches/1/rejects.csv', '/data/batches/999999/rejects.csv'],
      ['/data/lists/leads', '/data/lists/nothing'],
      [`/people?edit=${await idOf('Marie')}`, `/people?edit=${randomUUID()}`],
    ] as const)
      expect(await told(real)).toEqual(await told(none));
  });

  test('is neither ended, revoked nor taken back by naming it', async () => {
    const [one, other] = [await joined('Anna', 'marketer'), await joined('Berta', 'marketer')];
    const act = (cookie: string, action: string, id: string) =>
      fetch(`${studio.address}/account?/${action}`, {
        method: 'POST',
        body: new URLSearchParams({ id }),
        headers: { cookie, origin: studio.address, accept: 'text/html' },
        redirect: 'manual',
      });
    const page = (cookie: string) =>
      fetch(`${studio.address}/account`, { headers: { cookie, accept: 'text/html' }, redirect: 'manual' });
    const again = await logIn('Anna');
    const [, session = ''] = /name="id" value="([^"]+)"/.exec(await (await page(one)).text()) ?? [];
    expect(session).not.toBe('');
    await act(other, 'end', session);
    expect((await page(again)).status).toBe(200);
    await act(one, 'end', session);
    expect((await page(again)).status).toBe(303);

    const own = (await studio.command('token', 'add', 'theirs', '--tables', 'leads')).trim();
    const brought = await sent(
      '/api/v1/leads',
      { authorization: `Bearer ${own}`, 'content-type': 'text/csv' },
      'POST',
      'lead_id,created_at\ntheirs,2026-03-01\n',
    );
    const { batch } = JSON.parse(brought.text) as { batch: number };
    const listed = JSON.parse(await studio.command('token', 'list', '--json')) as {
      id: number;
      name: string;
    }[];
    const till = listed.find(({ name }) => name === 'theirs')?.id ?? 0;
    await act(other, 'revoke_token', String(till));
    const stranger = (await studio.command('token', 'add', 'not the till', '--tables', 'leads')).trim();
    const takeBack = (batch: string) =>
      fetch(`${studio.address}/api/v1/leads/${batch}`, {
        method: 'DELETE',
        headers: { authorization: `Bearer ${stranger}` },
      });
    const [theirs, none] = [await takeBack(String(batch)), await takeBack('9999')];
    expect(theirs.status).toBe(404);
    expect((await theirs.text()).replaceAll(String(batch), 'N')).toBe(
      (await none.text()).replaceAll('9999', 'N'),
    );
    const still = JSON.parse(await studio.command('token', 'list', '--json')) as {
      id: number;
      revoked_at: string | null;
    }[];
    expect(still.find(({ id }) => id === till)?.revoked_at ?? null).toBe(null);
  });

  const password = 'a sentence of my own';

  async function joined(name: string, role: string): Promise<string> {
    const link = (await studio.command('user', 'add', name, '--role', role)).trim();
    const open = () =>
      fetch(studio.address + new URL(link).pathname, {
        method: 'POST',
        body: new URLSearchParams({ password, again: password }),
        headers: { origin: studio.address, accept: 'text/html' },
        redirect: 'manual',
      });
    const cookie = cookieIn(await open());
    expect((await open()).status).toBe(410);
    return cookie;
  }

  async function idOf(name: string): Promise<string> {
    const people = JSON.parse(await studio.command('user', 'list', '--json')) as {
      id: string;
      name: string;
    }[];
    return people.find((person) => person.name === name)?.id ?? '';
  }

  async function logIn(name: string): Promise<string> {
    const answer = await fetch(`${studio.address}/login?/in`, {
      method: 'POST',
      body: new URLSearchParams({ name, password }),
      headers: { origin: studio.address, accept: 'text/html' },
      redirect: 'manual',
    });
    return cookieIn(answer);
  }
});

describe('logging in', () => {
  const attempt = (name: string, password: string, headers: Record<string, string> = {}) =>
    fetch(`${studio.address}/login?/in`, {
      method: 'POST',
      body: new URLSearchParams({ name, password }),
      headers: { origin: studio.address, accept: 'text/html', ...headers },
      redirect: 'manual',
    });

  test('gives a session of its own, whatever cookie somebody was given before', async () => {
    const fixed = `${signedIn.get(studio.address)?.split('=')[0]}=fixed.fixed`;
    const answer = await attempt(OWNER.name, OWNER.password, { cookie: fixed });
    expect(answer.status).toBe(303);
    expect(cookieIn(answer)).not.toContain('fixed');
    expect(
      (
        await fetch(`${studio.address}/account`, {
          headers: { cookie: fixed, accept: 'text/html' },
          redirect: 'manual',
        })
      ).status,
    ).toBe(303);
    for (const line of answer.headers.getSetCookie()) expect(line).toMatch(/HttpOnly/i);
  });

  test('is tried ten times for a name, whatever address a request claims to come from', async () => {
    await studio.command('user', 'add', 'Target', '--role', 'marketer');
    const statuses: number[] = [];
    for (let tries = 0; tries < 11; tries += 1) {
      const headers = { 'x-forwarded-for': `10.1.1.${tries}`, 'x-seven-steps-address': `10.2.2.${tries}` };
      statuses.push((await attempt('Target', 'not this one at all', headers)).status);
    }
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429]);
  });

  test('cannot begin anew with the link of the set-up', async () => {
    const { server, link } = await startServer(inject('sampleFolder'));
    const key = new URL(link ?? '').searchParams.get('key') ?? '';
    const setUp = (name: string) =>
      fetch(`${server.address}/setup`, {
        method: 'POST',
        body: new URLSearchParams({ key, name, password: OWNER.password, again: OWNER.password }),
        headers: { origin: server.address, accept: 'text/html' },
        redirect: 'manual',
      });
    const untilThen = await Promise.all(
      ['/', '/data', '/people', '/api/reports/funnel', '/join/x', '/login', '/readyz'].map(async (path) => {
        const { status, headers } = await fetch(server.address + path, { redirect: 'manual' });
        return `${path} ${status} ${headers.get('location') ?? ''}`.trim();
      }),
    );
    expect(untilThen).toEqual([
      '/ 401',
      '/data 401',
      '/people 401',
      '/api/reports/funnel 401',
      '/join/x 410',
      '/login 303 /setup',
      '/readyz 200',
    ]);
    const answers = [...(await Promise.all([setUp('One'), setUp('Two')])), await setUp('Three')];
    expect(answers.filter((answer) => cookieIn(answer) !== '')).toHaveLength(1);
    expect(answers.map(({ headers }) => headers.get('location')).toSorted()).toEqual([
      '/login',
      '/login',
      '/start',
    ]);
    await server.end();
  });
});

describe('ways out of a folder', () => {
  test('lead nowhere in an address', async () => {
    const cookie = signedIn.get(studio.address) ?? '';
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
      const { status, text } = await sent(path, { cookie });
      expect([400, 404], path).toContain(status);
      expect(text, path).not.toMatch(/root:x|"dependencies"|SQLite format/);
    }
  });

  test('lead nowhere in the name of a file, which keeps its last part alone', async () => {
    const form = new FormData();
    const list = 'lead_id,created_at\nL1,2026-08-01\n';
    form.append('files', new Blob([list]), '../../../../escaped.csv');
    form.append('files', new Blob([list]), 'C:\\windows\\escaped-too.csv');
    const taken = await studio.fetch('/data?/draft', {
      method: 'POST',
      body: form,
      headers: { origin: studio.address, accept: 'text/html' },
      redirect: 'manual',
    });
    const place = taken.headers.get('location') ?? '';
    expect(place).toMatch(/^\/data\/drafts\/[0-9a-f-]{36}$/);
    const page = await (await studio.fetch(place)).text();
    expect(page).toContain('escaped.csv');
    expect(page).not.toMatch(/\.\.\/+escaped|windows/);
    for (const folder of [studio.data, join(studio.data, '..')])
      expect(readdirSync(folder).filter((name) => name.startsWith('escaped'))).toEqual([]);
  });
});

describe('every answer', () => {
  test('brings its guards, runs nothing that is not ours, and shows nothing of the inside', async () => {
    const cookie = signedIn.get(studio.address) ?? '';
    const origin = studio.address;
    const form = { cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const answers = await Promise.all([
      sent('/', { cookie }),
      sent('/login', {}),
      sent('/nowhere', { cookie }),
      sent('/nowhere', {}),
      sent('/%ff', { cookie }),
      sent('/data', { accept: 'text/html' }, 'POST', 'x'),
      sent('/data', form, 'POST', 'x'),
      sent('/data', { ...form, origin }, 'POST', 'x'),
      sent('/data', { cookie }, 'PUT', 'x'),
      sent('/', { host: 'evil.example' }),
      sent('/favicon.svg', {}),
      sent('/_app/version.json', {}),
      sent('/api/reports/funnel?format=csv', { cookie }),
      sent('/api/reports/funnel?format=xlsx', { cookie }),
      sent('/api/reports/funnel?from=never', { cookie }),
      sent('/api/reports/nothing', {}),
      sent('/data/batches/1/rejects.csv', { cookie }),
      sent('/preferences', { ...form, origin }, 'POST', 'theme=dark&locale=en'),
      sent('/funnel/__data.json', { cookie }),
      sent('/healthz', {}),
    ]);
    for (const { headers, text } of answers) {
      expect(headers).toMatchObject({
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
        'permissions-policy': expect.any(String),
      });
      const policy = String(headers['content-security-policy']);
      expect(policy).toMatch(/default-src 'none'/);
      expect(policy).toMatch(/frame-ancestors 'none'/);
      expect(/script-src[^;]*/.exec(policy)?.[0] ?? '').not.toContain('unsafe');
      expect(text).not.toMatch(
        /\n\s+at |node_modules|\.svelte-kit|src\/(lib|routes)|\/tmp\/|SqliteError|INTERNAL Error/,
      );
      for (const line of [headers['set-cookie'] ?? []].flat())
        expect(line).toMatch(/HttpOnly.*SameSite|SameSite.*HttpOnly/i);
    }
  });

  test('leaves in the log what was asked for, under the id of its answer, and nothing of theirs', async () => {
    const { headers } = await studio.fetch(`/search?q=${encodeURIComponent(SECRET.search)}`);
    await studio.fetch(`/api/reports/funnel?where=${encodeURIComponent(`customer_name=${SECRET.name}`)}`);
    await studio.fetch(`/${encodeURIComponent(SECRET.name)}/${SECRET.phone}`);
    const form = new FormData();
    form.append('files', new Blob([`lead_id,phone\n"${SECRET.name},${SECRET.phone}`]), SECRET.file);
    await studio.fetch('/data?/draft', { method: 'POST', body: form, headers: { origin: studio.address } });
    const said = studio.said();
    const line = said.split('\n').find((one) => one.includes('"route":"/search"')) ?? '{}';
    expect(JSON.parse(line)).toMatchObject({ request: headers.get('x-request-id') });
    for (const secret of Object.values(SECRET)) {
      expect(said).not.toContain(secret);
      expect(said).not.toContain(encodeURIComponent(secret));
    }
  });
});
