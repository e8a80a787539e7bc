import type { AfterSale } from './after-sale.ts';
import { dayOf, dayPart, instantText } from './calendar.ts';
import { openDay } from './opening.ts';
import type { Parameters } from './parameters.ts';
import { between, happens, oneOf, stream, weighted } from './random.ts';
import type { Order } from './sales.ts';
import { numbered, within, type Cell, type Table } from './tables.ts';

const dimensions = ['reliability', 'responsiveness', 'assurance', 'empathy', 'tangibles'] as const;

/** One question answered at some pickups: a score of 1 to 5 on one of the five dimensions of service. */
export function surveysTable(parameters: Parameters, seed: number, orders: Order[], after: AfterSale): Table {
  const random = stream(seed, 'surveys');
  const rows = after.services
    .filter(({ purpose }) => purpose === 'pickup' && happens(random, 0.3))
    .map(({ at, order }, number): Cell[] => [
      numbered('Q', 4, number),
      instantText(at + 20),
      numbered('O', 5, order),
      Number(
        weighted(random, {
          '5': orders[order]?.store === '北城店' ? 38 : 52,
          '4': 30,
          '3': 12,
          '2': 4,
          '1': 2,
        }),
      ),
      oneOf(random, dimensions),
    ]);
  return {
    columns: ['survey_id', 'answered_at', 'order_id', 'score', 'dimension'],
    rows: rows.filter((row) => within(dayOf(parameters.last_day), dayOf(String(row[1]).slice(0, 10)) * 1440)),
  };
}

/** Complaints after a shoot, a viewing or a pickup, and how long the studio took. */
export function complaintsTable(
  parameters: Parameters,
  seed: number,
  orders: Order[],
  after: AfterSale,
): Table {
  const random = stream(seed, 'complaints');
  const last = dayOf(parameters.last_day);
  const rows = after.services.flatMap(({ at, order, staff, purpose }): [number, Cell[]][] => {
    if (!happens(random, purpose === 'viewing' ? 0.02 : 0.008)) return [];
    const store = orders[order]?.store ?? '中山路店';
    const logged = at + between(random, 60, 4000);
    const shift = (openDay(parameters, store, dayPart(logged)) - dayPart(logged)) * 1440;
    const settled = logged + shift + between(random, 200, 9000);
    const answered = settled + between(random, 10, 2000);
    const known = (moment: number) => (within(last, moment) ? instantText(moment) : null);
    const topic = weighted(random, { 修图: 5, 等候: 4, 加价: 4, 服务态度: 2, 交期: 3 });
    const escalated = happens(random, 0.6) ? known(logged + shift + between(random, 30, 4000)) : null;
    if (!within(last, logged + shift)) return [];
    return [
      [logged + shift, [numbered('O', 5, order), topic, staff, escalated, known(settled), known(answered)]],
    ];
  });
  return {
    columns: [
      'complaint_id',
      'logged_at',
      'order_id',
      'topic',
      'staff_id',
      'manager_at',
      'settled_at',
      'answered_at',
    ],
    rows: rows
      .toSorted(([a], [b]) => a - b)
      .map(([moment, cells], number) => [numbered('B', 4, number), instantText(moment), ...cells]),
  };
}
