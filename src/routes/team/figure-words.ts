import { m } from '#lib/paraglide/messages.js';
import { figureWord } from '../me/figure-words.ts';
import type { TeamFigure } from './figures.ts';

const values: Readonly<Partial<Record<TeamFigure, () => string>>> = {
  ticket: m['team.value.ticket'],
  shoot_value: m['team.value.shoot'],
  viewing_value: m['team.value.viewing'],
  pickup_value: m['team.value.pickup'],
};

/** What a figure of the page Team is called. */
export function teamFigureWord(figure: TeamFigure): string {
  return values[figure]?.() ?? figureWord(figure);
}
