import type { Access } from '#lib/server/customers/access-log.ts';
import { asCsv, BYTE_ORDER_MARK } from '#lib/server/reports/csv.ts';
import { askedIn } from '../asked.ts';
import type { RequestHandler } from './$types';

const MOST = 100_000;
const columns = ['at', 'name', 'role', 'kind', 'customer', 'reason'] as const;

/** The lines of the access log that an address asks for, as CSV; instants in UTC. */
export const GET: RequestHandler = ({ url, locals: { app } }) => {
  const { lines } = app.accessLog.page(askedIn(url.searchParams), { page: 1, size: MOST });
  return new Response(BYTE_ORDER_MARK + asCsv(columns, lines.map(cellsOf)), {
    headers: {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="access-log.csv"',
      'cache-control': 'private, no-store',
    },
  });
};

const cellsOf = ({ at, who, kind, customer, reason }: Access) => [
  at,
  who.name,
  who.role,
  kind,
  customer,
  reason,
];
