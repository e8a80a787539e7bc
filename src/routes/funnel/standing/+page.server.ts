import { Refusal } from '#lib/errors/refusal.ts';
import { dataSpan, funnelStanding } from '#lib/server/reports.gen.ts';
import { mayRead } from '#lib/server/access/may.ts';
import { fileLink } from '#lib/ui/customer-link.ts';
import { shortDay } from '#lib/ui/dates.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { count } from '#lib/ui/numbers.ts';
import { word } from '#lib/words/word.ts';
import { ReadAddress, whole } from '../../address.ts';
import { periodOf } from '../../period-choices.ts';
import { orErrorPage } from '../../refuse.ts';
import { stepName } from '../builder/names.ts';
import { upToText } from '../builder/view.ts';
import { addressOf, askedOf, BUILDER, questionIn, STANDING } from '../builder/question.ts';
import type { PageServerLoad } from './$types';

const PER_PAGE = 50;
/** Rows in one file. */
const PER_FILE = 100_000;

/**
 * Who stands at a step of a funnel and still has time, asked anew each time; the address is that of the builder. `list` is
 * null while there are no data.
 */
export const load: PageServerLoad = ({ url, locals: { asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const options = { signal: request.signal };
    const address = new ReadAddress(url.search);
    const question = questionIn(address);
    const page = whole(address, 'page', 1, 1_000_000) ?? 1;
    const unread = address.unread();
    const [span] = (await dataSpan(asker, {}, options)).rows;
    if (!span?.first_day || !span.last_day) return { list: null, unread };
    const reach = { firstDay: span.first_day, lastDay: span.last_day, lastWeek: span.last_week };
    const asked = {
      ...askedOf(question, periodOf(question, reach, Number(question.weeks))),
      step_no: question.at,
    };
    const offset = (page - 1) * PER_PAGE;
    const { rows } = await funnelStanding(asker, { ...asked, limit: PER_PAGE, offset }, options);
    const [any] =
      rows.length > 0 || page === 1
        ? rows
        : (await funnelStanding(asker, { ...asked, limit: 1 }, options)).rows;
    const all = any?.all_rows ?? 0;
    const pages = Math.max(1, Math.ceil(all / PER_PAGE));
    if (page > pages)
      throw new Refusal('bad_choice', { name: 'page', value: String(page), choices: `1 … ${pages}` });
    const names = question.steps.map((step) => stepName(locale, step));
    const addressAt = (at: number) => addressOf(question, { at }, STANDING);
    const here = addressAt(question.at);
    const paged = (to: number) => `${here}${here.includes('?') ? '&' : '?'}page=${to}`;
    const opens = mayRead(asker.viewer, '/customers/[id]');
    return {
      unread,
      list: {
        upTo: upToText(locale, question.asOf, reach.lastDay),
        step: names[question.at - 1] ?? '',
        count: all === 0 ? null : count(locale, all),
        steps: names.slice(0, -1).map((words, at) => ({
          words,
          href: addressAt(at + 1),
          here: at + 1 === question.at,
        })),
        back: mayRead(asker.viewer, BUILDER) ? addressOf(question) : null,
        csv: reportLink('funnel_standing', { ...asked, limit: PER_FILE }, 'csv'),
        page,
        pages,
        before: page > 1 ? paged(page - 1) : null,
        after: page < pages ? paged(page + 1) : null,
        rows: rows.map((row) => ({
          no: row.row_no,
          name: row.customer_name ?? row.journey_id?.slice(2) ?? row.customer_id ?? '—',
          file: opens && row.journey_id !== null ? fileLink(row.journey_id) : null,
          phone: row.phone,
          since: row.reached_at === null ? '' : shortDay(locale, row.reached_at.slice(0, 10)),
          days: word(locale, 'builder.standing.days', { n: count(locale, row.waiting_days ?? 0) }),
          until: row.open_until === null ? null : shortDay(locale, row.open_until),
          store: row.store,
          staff: row.staff_name ?? row.staff,
        })),
      },
    };
  });
