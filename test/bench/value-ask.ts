/**
 * `node test/bench/value-ask.ts WAREHOUSE`: fits what clients are worth once, in a process that has asked nothing before, and
 * lists who may bring most by that fit. Prints the milliseconds of each, the longest time in which nothing else could run, and
 * the clients fitted.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { asOwner } from '#lib/server/reports/audience.ts';
import { clientValues, customerValueFit } from '#lib/server/reports.gen.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';

const [file = ''] = process.argv.slice(2);
const warehouse = await openWarehouse({ file });
const owner = asOwner({ warehouse });
const until = '2025-12-31';
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const begun = performance.now();
const { rows } = await customerValueFit(owner, { until });
const clock = performance.now() - begun;
const blocked = delay.max / 1e6;
delay.reset();
const listing = performance.now();
const { rows: listed } = await clientValues(owner, { until });
const listClock = performance.now() - listing;
delay.disable();
const [buying, spending] = rows;
console.log(
  JSON.stringify({
    clock,
    blocked,
    listClock,
    listBlocked: delay.max / 1e6,
    listed: listed[0]?.all_rows,
    people: buying?.customers,
    buying: buying?.converged,
    spending: spending?.converged,
    reasons: rows.map(({ reason }) => reason),
  }),
);
await warehouse.close();
