import type { AttributionPathsRow, AttributionRow } from '#lib/server/reports.gen.ts';
import { period } from '#lib/ui/dates.ts';
import { figureLink, reportLink } from '#lib/ui/figure-link.ts';
import { count, money, percent, percentRange, shortMoney } from '#lib/ui/numbers.ts';
import type { Locale } from '#lib/words/locale.ts';
import { hasWord, word } from '#lib/words/word.ts';
import { valueName } from '../segment-words.ts';
import type { CreditQuestion } from './question.ts';

type House = { readonly currency: string };
type Asked = {
  readonly from: string;
  readonly to: string;
  readonly as_of: string;
  readonly by: CreditQuestion['by'];
  readonly touches: CreditQuestion['touches'];
  readonly window_days: number;
};
type Weighed = Asked & { readonly half_life_days: number };

/** The ways that a phone has room for: the usual one, the plainest, and one that knows who did not order. */
const KEPT = ['last', 'linear', 'markov_1'];
const UNTOUCHED = 0;
const PATHS = 12;

/** The credits side by side in the reader's language and figures: a line for each channel, a column for each way. Server only. */
export function creditView(
  locale: Locale,
  { currency }: House,
  show: CreditQuestion['show'],
  asked: Weighed,
  rows: readonly AttributionRow[],
) {
  const methods = Map.groupBy(rows, ({ method }) => method);
  const channels = [...Map.groupBy(rows, ({ channel_no: no }) => no)].toSorted(
    ([a], [b]) => Number(a === UNTOUCHED) - Number(b === UNTOUCHED) || a - b,
  );
  const most = Math.max(...rows.map((row) => Number(row[show])), 0);
  const [first] = rows;
  const none = rows.find(({ channel_no: no }) => no === UNTOUCHED);
  return {
    csv: reportLink('attribution', asked, 'csv'),
    says:
      first === undefined
        ? null
        : word(locale, 'attribution.says', {
            days: period(locale, asked.from, asked.to),
            orders: count(locale, first.all_orders),
            amount: money(locale, currency, first.all_amount),
            untouched: count(locale, none?.touched_orders ?? 0),
            window: count(locale, asked.window_days),
          }),
    methods: [...methods.keys()].map((method) => ({
      method,
      name: word(locale, `attribution.method.${method}`),
      about: word(locale, `attribution.about.${method}`, { days: count(locale, asked.half_life_days) }),
      isKept: KEPT.includes(method),
    })),
    channels: channels.map(([no, of]) => ({
      no,
      name: channelName(locale, asked.by, of[0]),
      isNone: no === UNTOUCHED,
      touched: word(locale, 'attribution.touched', {
        orders: count(locale, of[0]?.touched_orders ?? 0),
        clients: count(locale, of[0]?.clients ?? 0),
      }),
      credits: of.map((row) => ({
        method: row.method,
        text:
          show === 'orders' ? count(locale, Number(row.orders)) : shortMoney(locale, currency, row.amount),
        href: figureLink('attribution', show, asked, { method: row.method, channel_no: no }),
        bar: most > 0 ? Math.max(Number(row[show]) / most, 0) : 0,
        isKept: KEPT.includes(row.method),
      })),
    })),
  };
}

export type CreditView = ReturnType<typeof creditView>;

/** The paths that most orders and people took, in the names that the channels have beside. Server only. */
export function pathsView(
  locale: Locale,
  { currency }: House,
  asked: Asked,
  credits: readonly AttributionRow[],
  paths: readonly AttributionPathsRow[],
) {
  const names = new Map(credits.map((row) => [String(row.channel_no), channelName(locale, asked.by, row)]));
  return {
    csv: reportLink('attribution_paths', asked, 'csv'),
    all: word(locale, 'attribution.paths.all', { paths: count(locale, paths.length) }),
    rows: paths.slice(0, PATHS).map((row) => ({
      no: row.path_no,
      steps: row.channels.split(' › ').map((no) => names.get(no) ?? no),
      people: count(locale, row.people),
      orders: word(locale, 'attribution.of', {
        orders: count(locale, row.orders),
        people: count(locale, row.people),
      }),
      href: figureLink('attribution_paths', 'orders', asked, { path_no: row.path_no }),
      share: row.share === null ? '—' : percent(locale, row.share),
      range:
        row.share_low === null || row.share_high === null
          ? '—'
          : percentRange(locale, row.share_low, row.share_high),
      amount: shortMoney(locale, currency, row.amount),
      open: count(locale, row.open_people),
    })),
  };
}

export type PathsView = ReturnType<typeof pathsView>;

function channelName(locale: Locale, by: CreditQuestion['by'], row: AttributionRow | undefined): string {
  if (row === undefined) return '';
  const { kind, channel } = row;
  if (kind === 'source') return valueName(locale, by, channel);
  if (kind === 'too_few') return word(locale, 'segment.too_few');
  if (kind === 'event') return channel ?? '';
  if (kind !== 'followup') return word(locale, `attribution.kind.${kind}`);
  const act = channel === null ? 'segment.missing' : `choice.${channel}`;
  return word(locale, 'attribution.kind.followup', {
    kind: hasWord(act) ? word(locale, act) : (channel ?? ''),
  });
}
