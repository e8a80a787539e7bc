/**
 * `node test/bench/retention-ask.ts WAREHOUSE`: asks who comes back by month once, in a process that has asked nothing before,
 * and prints the milliseconds of it, by the clock and by the processor, with the sum of the cohorts.
 */
import { asOwner } from '#lib/server/reports/audience.ts';
import { retention } from '#lib/server/reports.gen.ts';
import { openWarehouse } from '#lib/server/warehouse/warehouse.ts';

const [file = ''] = process.argv.slice(2);
const warehouse = await openWarehouse({ file });
const [begun, used] = [performance.now(), process.cpuUsage()];
const { rows } = await retention(asOwner({ warehouse }), {
  from: '2020-01-01',
  to: '2025-12-31',
  as_of: '2025-12-31',
});
const { user, system } = process.cpuUsage(used);
const clock = performance.now() - begun;
const people = rows.reduce((sum, row) => sum + (row.period_no === 0 ? row.people : 0), 0);
console.log(JSON.stringify({ clock, processor: (user + system) / 1000, people }));
await warehouse.close();
