/** Where somebody was touched, by name or number; null where the list does not say. */
export type Channel = string | number | null;

/** People who were touched by the same channels in the same order, how many of them bought, and what that is worth: their orders
 * or their money. Worth is 0 where nobody bought. */
export type TouchPath = {
  readonly channels: readonly Channel[];
  readonly people: number;
  readonly buyers: number;
  readonly worth: number;
};

/** What of the worth of all paths is owed to a channel. */
export type Credit = { readonly channel: Channel; readonly credit: number };

/** Each channel of the paths once, in the order in which they name them. */
export function channelsOf(paths: readonly TouchPath[]): Channel[] {
  return [...new Set(paths.flatMap(({ channels }) => channels))];
}
