/**
 * `node test/bench/value-ask.ts WAREHOUSE`: fits what clients are worth once, in a process that has asked nothing before, and
 * prints the milliseconds of it, the longest time in which nothing else could run, and the clients fitted.
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { asOwner } from '#lib/server/reports/audience.ts';
import { customerValueFit } from '#lib/server/reports.gen.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';

const [file = ''] = process.argv.slice(2);
const warehouse = await openWarehouse({ file });
const delay = monitorEventLoopDelay({ resolution: 5 });
delay.enable();
const begun = performance.now();
const { rows } = await customerValueFit(asOwner({ warehouse }), { until: '2025-12-31' });
const clock = performance.now() - begun;
delay.disable();
const [buying, spending] = rows;
console.log(
  JSON.stringify({
    clock,
    blocked: delay.max / 1e6,
    people: buying?.customers,
    buying: buying?.converged,
    spending: spending?.converged,
    reasons: rows.map(({ reason }) => reason),
  }),
);
await warehouse.close();
