import { m } from '#lib/paraglide/messages.js';

const words: Readonly<Record<string, () => string>> = {
  lead_visits: m['me.figure.lead_visits'],
  lead_orders: m['me.figure.lead_orders'],
  visit_orders: m['me.figure.visit_orders'],
  cancellations: m['me.figure.cancellations'],
  sale: m['me.figure.sale'],
  shoot: m['me.figure.shoot'],
  viewing: m['me.figure.viewing'],
  pickup: m['me.figure.pickup'],
  co_sold: m['me.figure.co_sold'],
  recovered: m['me.figure.recovered'],
};

/** What a figure of staff_figures is called on the page. */
export function figureWord(figure: string): string {
  return words[figure]?.() ?? figure;
}

const each: Readonly<Record<string, () => string>> = {
  lead_visits: m['me.each.lead_visits'],
  lead_orders: m['me.each.lead_orders'],
  visit_orders: m['me.each.visit_orders'],
  sale: m['me.each.sale'],
  shoot: m['me.each.shoot'],
  viewing: m['me.each.viewing'],
  pickup: m['me.each.pickup'],
  co_sold: m['me.each.co_sold'],
  recovered: m['me.each.recovered'],
};

/** What the money per unit of a figure is called; null where it has a line of its own. */
export function eachWord(figure: string): string | null {
  return each[figure]?.() ?? null;
}
