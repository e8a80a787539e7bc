import type { Warehouse } from '../warehouse/warehouse.ts';

const last = new WeakMap<Warehouse, Promise<unknown>>();

/**
 * Runs work that must see what the one before it has left: imports, and what changes how they are read. One after the
 * other in the order of asking, while other writers go on.
 */
export async function inTurn<T>(warehouse: Warehouse, work: () => Promise<T>): Promise<T> {
  const turn = (last.get(warehouse) ?? Promise.resolve()).then(work);
  last.set(
    warehouse,
    turn.catch(() => undefined),
  );
  return turn;
}
