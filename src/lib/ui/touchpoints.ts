import { m } from '#lib/paraglide/messages.js';

const names: Record<string, () => string> = {
  order: m['touchpoint.order'],
  sale: m['touchpoint.sale'],
  shoot: m['touchpoint.shoot'],
  viewing: m['touchpoint.viewing'],
  pickup: m['touchpoint.pickup'],
  total: m['touchpoint.total'],
};

/** What a touchpoint of the upsell ladder is called; null and unknown ones stand under "elsewhere". */
export function touchpointName(touchpoint: string | null): string {
  return (names[touchpoint ?? ''] ?? m['touchpoint.other'])();
}
