/** For how many days a token may be accepted, as they are offered; `never` is the one that does not end by itself. */
export const tokenTerms = ['30', '90', '365', 'never'] as const;
export type TokenTerm = (typeof tokenTerms)[number];

/** How long a token is accepted where nobody says anything else. */
export const USUAL_TERM: TokenTerm = '90';
