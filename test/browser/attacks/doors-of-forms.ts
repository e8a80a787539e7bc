import { randomUUID } from 'node:crypto';
import { doors } from '#lib/server/access/doors.ts';

/** Every door that takes a form, and what it is asked by. */
export const forms = Object.entries(doors).flatMap(([route, { page, actions = {}, methods = {} }]) => [
  ...Object.entries(page ? actions : {}).map(([action, audience]) => ({
    path: `${at(route)}${action === 'default' ? '' : `?/${action}`}`,
    audience,
  })),
  ...(methods.POST && !route.startsWith('/api/') ? [{ path: at(route), audience: methods.POST }] : []),
]);

function at(route: string): string {
  return route.replace(/\[\w+\]/g, randomUUID());
}
