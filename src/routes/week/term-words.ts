import { m } from '#lib/paraglide/messages.js';
import { touchpointName } from '#lib/ui/touchpoints.ts';

type Word = () => string;

const terms: Record<string, Word> = {
  reach: m['term.reach'],
  leads_per_aware: m['term.leads_per_aware'],
  volume: m['term.volume'],
  mix: m['term.mix'],
  visit_rate: m['term.visit_rate'],
  closing_rate: m['term.closing_rate'],
  booking_rate: m['term.booking_rate'],
  ticket: m['term.ticket'],
  carried_over: m['term.carried_over'],
  repeat_orders: m['term.repeat_orders'],
  taken_back: m['term.taken_back'],
};

const downs: Record<string, Word> = {
  leads: m['because.leads.down'],
  reach: m['because.reach.down'],
  leads_per_aware: m['because.leads_per_aware.down'],
  volume: m['because.volume.down'],
  mix: m['because.mix.down'],
  visit_rate: m['because.visit_rate.down'],
  closing_rate: m['because.closing_rate.down'],
  booking_rate: m['because.booking_rate.down'],
  ticket: m['because.ticket.down'],
  carried_over: m['because.carried_over.down'],
  repeat_orders: m['because.repeat_orders.down'],
  taken_back: m['because.taken_back.down'],
};

const ups: Record<string, Word> = {
  leads: m['because.leads.up'],
  reach: m['because.reach.up'],
  leads_per_aware: m['because.leads_per_aware.up'],
  volume: m['because.volume.up'],
  mix: m['because.mix.up'],
  visit_rate: m['because.visit_rate.up'],
  closing_rate: m['because.closing_rate.up'],
  booking_rate: m['because.booking_rate.up'],
  ticket: m['because.ticket.up'],
  carried_over: m['because.carried_over.up'],
  repeat_orders: m['because.repeat_orders.up'],
  taken_back: m['because.taken_back.up'],
};

const UPSELL = 'upsell_';

/** What a term of revenue_change is called. */
export function termName(term: string, segment: string | null): string {
  if (term === 'left_out') return m['term.left_out']({ segment: segment ?? m['fresh.nostore']() });
  if (term.startsWith(UPSELL))
    return m['term.upsell']({ touchpoint: touchpointName(term.slice(UPSELL.length)) });
  return terms[term]?.() ?? term;
}

/** A term as the reason of a change: "fewer visits ended in an order". */
export function termReason(term: string, direction: 'down' | 'up'): string {
  if (term.startsWith(UPSELL)) {
    const word = direction === 'down' ? m['because.upsell.down'] : m['because.upsell.up'];
    return word({ touchpoint: touchpointName(term.slice(UPSELL.length)) });
  }
  return (direction === 'down' ? downs : ups)[term]?.() ?? term;
}
