import { m } from '#lib/paraglide/messages.js';
import type { Desk } from './figures.ts';

const words: Record<Desk, () => string> = {
  inviter: m['team.desk.inviter'],
  seller: m['team.desk.seller'],
  floor: m['team.desk.floor'],
  viewing: m['team.desk.viewing'],
  pickup: m['team.desk.pickup'],
  service: m['team.desk.service'],
};

/** What a desk is called on the page. */
export function deskWord(desk: Desk): string {
  return words[desk]();
}
