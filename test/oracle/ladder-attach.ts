import type { Path } from './journeys.ts';
import type { Facts } from './tables.ts';
import type { Touch } from './touches.ts';
import { hasSource, isOffer, roomOf, type LadderQuestion, type Room } from './upsell-ladder.ts';

/** A pair of the report `ladder_attach`, named like its columns. */
export interface PairRow {
  kind: 'item' | 'package';
  value: string;
  item: string;
  base: number;
  with_value: number;
  with_item: number;
  both: number;
}

/** The counts of `ladder_attach`, order by order and pair by pair. */
export function attachOf(facts: Facts, everyPath: Path[], question: LadderQuestion): PairRow[] {
  const room = roomOf(facts, everyPath, { ...question, view: 'cohort', by: 'item' });
  const orders = [...Map.groupBy(room.counted, ({ orderId }) => orderId)].map(([, touches]) => ({
    came: levelsOf(room, touches),
    bought: new Set(touches.flatMap(({ kind, item }) => (kind === 'sold' && item !== null ? [item] : []))),
    package: touches[0]?.home?.order.package ?? null,
  }));
  const offeredAt = Map.groupBy(
    room.counted.filter((touch) => isOffer(touch) && touch.item !== null),
    ({ item }) => item ?? '',
  );
  const items = [...offeredAt.keys()].sort();
  const could = (order: (typeof orders)[number], item: string) =>
    (offeredAt.get(item) ?? []).some(({ touchpoint }) => order.came.has(touchpoint));
  const packages = [...new Set(orders.flatMap((order) => (order.came.size > 0 ? [order.package] : [])))];
  const row = (
    kind: PairRow['kind'],
    value: string,
    item: string,
    has: (order: (typeof orders)[number]) => boolean,
    may: (order: (typeof orders)[number]) => boolean,
  ): PairRow[] => {
    const base = orders.filter((order) => may(order) && could(order, item));
    const own = base.filter(has);
    const other = base.filter(({ bought }) => bought.has(item));
    if (base.length === 0) return [];
    return [
      {
        kind,
        value,
        item,
        base: base.length,
        with_value: own.length,
        with_item: other.length,
        both: own.filter((order) => other.includes(order)).length,
      },
    ];
  };
  return [
    ...items.flatMap((value) =>
      items
        .filter((item) => value < item)
        .flatMap((item) =>
          row(
            'item',
            value,
            item,
            ({ bought }) => bought.has(value),
            (order) => could(order, value),
          ),
        ),
    ),
    ...packages.flatMap((name) =>
      name === null
        ? []
        : items.flatMap((item) =>
            row(
              'package',
              name,
              item,
              (order) => order.package === name,
              (order) => order.package !== null,
            ),
          ),
    ),
  ];
}

/** One row of the report `ladder_before`, without its rates. */
export interface BeforeRow {
  touchpoint_no: number;
  past: string;
  reached: number;
  offered_orders: number;
  bought: number;
}

/** The counts of `ladder_before` without a segment, order by order. */
export function beforeOf(facts: Facts, everyPath: Path[], question: LadderQuestion): BeforeRow[] {
  const room = roomOf(facts, everyPath, { ...question, view: 'cohort', by: undefined });
  const found = [...Map.groupBy(room.counted, ({ orderId }) => orderId).values()].flatMap((touches) =>
    [...levelsOf(room, touches)].map((level) => {
      const here = touches.filter(({ touchpoint }) => touchpoint === level);
      const earlier = touches.filter(({ touchpoint }) => touchpoint < level);
      const past = earlier.some(({ kind }) => kind === 'sold')
        ? 'bought'
        : earlier.some(isOffer)
          ? 'declined'
          : 'not_offered';
      return {
        level,
        past,
        offered: here.some(isOffer),
        bought: here.some(({ kind }) => kind === 'sold'),
      };
    }),
  );
  return [1, 2, 3, 4].flatMap((level) =>
    ['any', ...(level > 1 ? ['bought', 'declined', 'not_offered'] : [])].flatMap((past) => {
      const own = found.filter((one) => one.level === level && (past === 'any' || one.past === past));
      if (own.length === 0) return [];
      return [
        {
          touchpoint_no: level,
          past,
          reached: own.length,
          offered_orders: own.filter(({ offered }) => offered).length,
          bought: own.filter(({ bought }) => bought).length,
        },
      ];
    }),
  );
}

/** To which touchpoints an order came, where its store can say so. */
function levelsOf(room: Room, touches: Touch[]): Set<number> {
  return new Set(
    touches
      .filter((touch) => touch.touchpoint < 5 && hasSource(room, touch, touch.touchpoint))
      .map(({ touchpoint }) => touchpoint),
  );
}
