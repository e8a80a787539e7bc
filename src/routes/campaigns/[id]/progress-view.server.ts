import { amountTicks, extent } from '#lib/charts/ticks.ts';
import type { CampaignProgressRow } from '#lib/server/reports.gen.ts';
import { longDay, shortDay } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import type { LinkParameters } from '#lib/ui/figure-link.ts';
import { count } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { writers } from '../figures.server.ts';

const frame = { width: 640, height: 240, left: 44, right: 96, top: 10, bottom: 24 };
/** Apart enough to be read one above the other. */
const LINE = 15;
const drawn = ['leads', 'visits', 'orders'] as const;

/** How a campaign went: a drawing of what had come so far, and the table behind it. Server only. */
export function progressView(
  locale: Locale,
  currency: string,
  { asked, rows }: { asked: LinkParameters; rows: readonly CampaignProgressRow[] },
  persons: boolean,
) {
  const write = writers(locale, currency);
  return {
    csv: reportLink('campaign_progress', asked, 'csv'),
    fives: persons ? null : word(locale, 'camp.fives'),
    money: persons,
    picture: pictureOf(locale, rows),
    rows: rows.map((row) => ({
      key: row.starts_on,
      from: longDay(locale, row.starts_on),
      running: row.complete ? null : word(locale, 'camp.running'),
      spend: write.money(row.spend),
      leads: write.count(row.leads),
      visits: write.count(row.visits),
      orders: write.count(row.orders),
      revenue: write.money(row.revenue),
      spendSoFar: write.money(row.spend_so_far),
      leadsSoFar: write.count(row.leads_so_far),
      visitsSoFar: write.count(row.visits_so_far),
      ordersSoFar: write.count(row.orders_so_far),
      revenueSoFar: write.money(row.revenue_so_far),
      perLead: write.each(row.cost_per_lead),
      perOrder: write.each(row.cost_per_order),
    })),
  };
}

export type ProgressView = ReturnType<typeof progressView>;

/** Three lines of what had come so far, dashed where the last stretch is not over; null for fewer than two rows. */
function pictureOf(locale: Locale, rows: readonly CampaignProgressRow[]) {
  const [first, last] = [rows[0], rows.at(-1)];
  const most = extent(rows.map(({ leads_so_far: leads }) => leads))?.high ?? 0;
  if (rows.length < 2 || !first || !last || most === 0) return null;
  const levels = amountTicks(most);
  const highest = levels.at(-1) ?? most;
  const wide = frame.width - frame.left - frame.right;
  const x = (place: number) => frame.left + (place / (rows.length - 1)) * wide;
  const y = (people: number) =>
    frame.height - frame.bottom - (people / highest) * (frame.height - frame.top - frame.bottom);
  const whole = rows.filter(({ complete }) => complete).length;
  let above = -Infinity;
  const lines = drawn.map((column) => {
    const points = rows.map(
      (row, place) => `${x(place).toFixed(1)} ${y(row[`${column}_so_far`]).toFixed(1)}`,
    );
    const end = Math.max(y(last[`${column}_so_far`]), above + LINE);
    above = end;
    return {
      column,
      path: whole > 0 ? `M${points.slice(0, whole).join('L')}` : '',
      open: whole < rows.length ? `M${points.slice(Math.max(whole - 1, 0)).join('L')}` : null,
      text: `${word(locale, `camp.${column}`)} ${count(locale, last[`${column}_so_far`])}`,
      y: end,
    };
  });
  return {
    ...frame,
    lines,
    levels: levels.map((level) => ({ y: y(level), text: count(locale, level) })),
    ends: [shortDay(locale, first.starts_on), shortDay(locale, last.starts_on)],
  };
}
