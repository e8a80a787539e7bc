import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { doors } from '#lib/server/access/doors.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import { leadsOf, NAMES, SQL } from './attacked.ts';
import type { Attacked } from './attacked.ts';

/** Text of SQL in whatever the product reads: parameters, addresses, names of columns. */
export function attackByStatements(house: Attacked): void {
  describe('statements in what is asked', () => {
    /** Values for parameters that have no default, so that the one that is attacked is reached. */
    const needed: Record<string, string> = { by: 'store', table_name: 'leads', staff: 'S1' };

    test('reach no statement through any parameter of any report', async () => {
      const before = await leadsOf(house.studio());
      const wrong: string[] = [];
      for (const { name, parameters } of Object.values(reportSpecs)) {
        for (const parameter of parameters) {
          const query = new URLSearchParams(
            parameters
              .filter(
                ({ optional, default: given, kind }) => !optional && given === null && kind !== 'filters',
              )
              .map((one): [string, string] => [one.name, one.choices?.[0] ?? needed[one.name] ?? '1']),
          );
          const values = parameter.kind === 'filters' ? [SQL, `${SQL}=1`, `store=${SQL}`] : [SQL];
          for (const value of values) {
            query.set(parameter.name, value);
            const answer = await house.studio().fetch(`/api/reports/${name}?${query}`);
            const text = await answer.text();
            if (answer.status >= 500 || /parser error|syntax|binder error/i.test(text))
              wrong.push(`${name} ${parameter.name}: ${answer.status} ${text.slice(0, 200)}`);
          }
        }
        const unknown = await house
          .studio()
          .fetch(`/api/reports/${name}?${new URLSearchParams({ [SQL]: '1' })}`);
        if (unknown.status >= 500) wrong.push(`${name}: the name of a parameter`);
      }
      expect(wrong).toEqual([]);
      expect(await leadsOf(house.studio())).toBe(before);
    });

    test('reach none through what the pages read of their address', async () => {
      const sources = readdirSync('src/routes', { recursive: true, encoding: 'utf8' })
        .filter((file) => file.endsWith('.ts'))
        .map((file) => readFileSync(join('src/routes', file), 'utf8'));
      const asks = /(?:searchParams|search|address|query)(?:\.(?:get|getAll|has)\(|, )'(\w+)'/g;
      const names = new Set(sources.flatMap((text) => [...text.matchAll(asks)].map(([, name = '']) => name)));
      for (const known of ['week', 'store', 'by', 'q', 'edit', 'source', 'where'])
        expect(names).toContain(known);
      const pages = Object.entries(doors).filter(
        ([route, { page }]) => page && !/\[|setup|login/.test(route),
      );
      const wrong: string[] = [];
      for (const [route] of pages)
        await Promise.all(
          [...names].map(async (name) => {
            const query = new URLSearchParams({ [name]: SQL });
            const { status } = await house.studio().fetch(`${route}?${query}`, { redirect: 'manual' });
            if (status >= 500) wrong.push(`${route} ${name}: ${status}`);
          }),
        );
      expect(wrong).toEqual([]);
    });

    test('reach none through names of columns and of fields, which can be asked by like any other', async () => {
      const token = (await house.studio().command('token', 'add', 'till', '--tables', 'leads')).trim();
      const record = Object.fromEntries(NAMES.map((name) => [name, 'c']));
      const body = JSON.stringify([{ ...record, lead_id: 'pushed', created_at: '2026-08-01 09:00' }]).replace(
        '{',
        '{"__proto__":"c",',
      );
      const pushed = await fetch(`${house.studio().address}/api/v1/leads`, {
        method: 'POST',
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
        body,
      });
      expect(await pushed.json()).toMatchObject({ loaded: 1, rejected: 0 });
      for (const name of NAMES) {
        const query = new URLSearchParams({ by: name, from: '2026-05-01', to: '2026-08-28' });
        const answer = await house.studio().fetch(`/api/reports/funnel?${query}`);
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
        const page = await house.studio().fetch(`/funnel?${query}`);
        expect(page.status, name).toBe(200);
      }
    });
  });
}
