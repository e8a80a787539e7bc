import { amountTicks, extent } from '#lib/charts/ticks.ts';
import type { PaybackRow } from '#lib/server/reports.gen.ts';
import { shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';

const frame = { width: 320, height: 150, left: 52, right: 14, top: 18, bottom: 24 };

/**
 * A drawing for each channel whose spend is known: what a client has left over month by month, with its interval, dashed while not all
 * new clients are so old, against what was spent to win one, and the month in which the one reaches the other.
 */
export function paybackCurves(locale: Locale, currency: string, rows: readonly PaybackRow[]) {
  return [...new Set(rows.map(({ channel }) => channel))].flatMap((channel) => {
    const own = rows.filter((row) => row.channel === channel && row.gain_per_client !== null);
    const cost = own[0]?.cost_per_client ?? null;
    if (cost === null || own.length < 2) return [];
    const highest =
      extent([cost, ...own.map((row) => Number(row.gain_high ?? row.gain_per_client))])?.high ?? 1;
    const ticks = amountTicks(highest);
    const base = frame.height - frame.bottom;
    const last = own.at(-1)?.age ?? 1;
    const x = (age: number) =>
      frame.left + ((age + 1) / (last + 1)) * (frame.width - frame.left - frame.right);
    const y = (value: number) => base - (Math.max(value, 0) / (ticks.at(-1) ?? 1)) * (base - frame.top);
    const point = (age: number, value: string | null) =>
      `${x(age).toFixed(1)} ${y(Number(value)).toFixed(1)}`;
    const origin = point(-1, '0');
    const points = (list: readonly PaybackRow[]) => list.map((row) => point(row.age, row.gain_per_client));
    const cut = own.findIndex((row) => row.lived < row.new_clients);
    const known = own.filter(({ gain_low }) => gain_low !== null);
    const even = own.find((row) => row.age === row.paid_back_age);
    return [
      {
        ...frame,
        name: channel ?? word(locale, 'cohorts.channel.missing'),
        path: `M${[origin, ...points(cut === -1 ? own : own.slice(0, cut))].join('L')}`,
        openPath:
          cut === -1
            ? ''
            : `M${[...(cut === 0 ? [origin] : []), ...points(own.slice(Math.max(cut - 1, 0)))].join('L')}`,
        band:
          known.length < 2
            ? ''
            : `M${[
                origin,
                ...known.map((row) => point(row.age, row.gain_high)),
                ...known.toReversed().map((row) => point(row.age, row.gain_low)),
              ].join('L')}Z`,
        cost: { y: y(cost), text: shortMoney(locale, currency, cost.toFixed(2)) },
        top: { y: y(ticks.at(-1) ?? 1), text: shortMoney(locale, currency, String(ticks.at(-1) ?? 1)) },
        ages: [-1, last].map((age) => ({ x: x(age), text: String(age + 1) })),
        even: even && {
          x: x(even.age),
          y: y(Number(even.gain_per_client)),
          isLate: even.age > last / 2,
          text: word(locale, 'cohorts.payback.even', { month: even.age + 1 }),
        },
      },
    ];
  });
}
