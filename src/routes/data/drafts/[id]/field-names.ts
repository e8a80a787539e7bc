/** In the place of a header row: there is none. */
export const NO_HEADER = 'none';

/** In the place of a value: a text means nothing at all. */
export const MEANS_NOTHING = '-';

/** In the place of a choice: it is found out again. */
export const AUTOMATIC = 'auto';
