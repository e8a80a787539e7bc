import type { Viewer } from '#lib/access/viewer.ts';
import { doors } from './doors.ts';
import type { Audience, Doors } from './doors.ts';

/** What is asked for: the route as SvelteKit names it, the HTTP method, and the question of the address (`?/add` is an action). */
export type Door = { route: string | null; method: string; search: URLSearchParams };

/** Who passes a door; undefined where nothing is declared, and then nobody does. */
export function audienceOf({ route, method, search }: Door): Audience | undefined {
  const declared = route !== null && Object.hasOwn(doors, route) ? doors[route] : undefined;
  if (declared === undefined) return undefined;
  if (method === 'GET' || method === 'HEAD') return declared.page ?? declared.methods?.GET;
  if (method === 'POST' && declared.page !== undefined) return own(declared.actions, actionIn(search));
  return own<Audience>(declared.methods, method);
}

/** Whether somebody passes. Nobody passes a door without an audience. */
export function mayPass(viewer: Viewer, audience: Audience | undefined): boolean {
  if (audience === undefined) return false;
  const { who, tokens } = audience;
  if (who === 'anyone') return true;
  if (viewer.kind === 'stranger') return who === 'strangers';
  if (who === 'strangers') return false;
  if (viewer.kind === 'person') return who.includes(viewer.role);
  if (tokens === 'lists') return viewer.tables.length > 0;
  return tokens === 'reports' && viewer.reads !== null && who.includes(viewer.reads.role);
}

/** Whether somebody may read the page of a route. */
export function mayRead(viewer: Viewer, route: string): boolean {
  return mayPass(viewer, audienceOf({ route, method: 'GET', search: new URLSearchParams() }));
}

/** The action that SvelteKit runs for an address: the first parameter whose name begins with a slash. */
function actionIn(search: URLSearchParams): string {
  return [...search.keys()].find((name) => name.startsWith('/'))?.slice(1) ?? 'default';
}

function own<T>(record: Doors['actions'] | Doors['methods'], name: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, name)
    ? (record as Record<string, T>)[name]
    : undefined;
}
