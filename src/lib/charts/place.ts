/** Where a share of an axis is drawn: between its ends, to four decimals, a tenth of a pixel on an axis of a thousand. */
export function placeOf(share: number): number {
  return Math.round(Math.min(Math.max(share, 0), 1) * 1e4) / 1e4;
}
