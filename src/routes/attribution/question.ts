import { choice, day, pageAddress, whole } from '../address.ts';

/** What of a lead is credited, and with what. */
export const fields = ['channel', 'campaign'] as const;
export const shows = ['orders', 'amount'] as const;
/** With follow-ups, or only what brought somebody here. */
export const kinds = ['all', 'sources'] as const;

/** What the page was asked; days are null until they are chosen. */
export type CreditQuestion = {
  readonly from: string | null;
  readonly to: string | null;
  readonly by: (typeof fields)[number];
  readonly show: (typeof shows)[number];
  readonly touches: (typeof kinds)[number];
  /** How many days before the order a touch counts. */
  readonly window: number;
  /** After how many days a touch weighs half. */
  readonly halfLife: number;
};

/** Reads the page's address. Throws Refusal bad_choice, bad_date or bad_number. */
export function questionIn(address: URLSearchParams): CreditQuestion {
  return {
    from: day(address, 'from'),
    to: day(address, 'to'),
    by: choice(address, 'by', fields) ?? 'channel',
    show: choice(address, 'show', shows) ?? 'orders',
    touches: choice(address, 'touches', kinds) ?? 'all',
    window: whole(address, 'window', 1, 730) ?? 90,
    halfLife: whole(address, 'half_life', 1, 365) ?? 7,
  };
}

/** The address of a question. */
export function addressOf({ from, to, by, show, touches, window, halfLife }: CreditQuestion): string {
  return pageAddress('/attribution', [
    ['from', from],
    ['to', to],
    ['by', by],
    ['show', show],
    ['touches', touches],
    ['window', String(window)],
    ['half_life', String(halfLife)],
  ]);
}
