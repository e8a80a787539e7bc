import type { App } from '#lib/server/app.ts';
import type { Transaction } from '#lib/server/warehouse/warehouse.ts';

/** An installation whose imports are timed, and the milliseconds that statements took since it began, by the model they refreshed. */
export type TimedApp = { readonly app: App; readonly times: Map<string, number> };

/**
 * Wraps the writing side of an installation. A refresh makes `before_<model>` first of each model; what follows belongs to that
 * model until the next one is named.
 */
export function timeModels(app: App): TimedApp {
  const times = new Map<string, number>();
  const timed = (transaction: Transaction): Transaction => {
    let model = '';
    const watch = async <T>(sql: string, work: () => Promise<T>): Promise<T> => {
      model = /temporary table (?:before|after)_(\w+) as/.exec(sql)?.[1] ?? model;
      const begun = performance.now();
      try {
        return await work();
      } finally {
        times.set(model, (times.get(model) ?? 0) + performance.now() - begun);
      }
    };
    return {
      query: (sql, ...rest) => watch(sql, () => transaction.query(sql, ...rest)),
      run: (sql, ...rest) => watch(sql, () => transaction.run(sql, ...rest)),
    };
  };
  const { warehouse } = app;
  const watched: App['warehouse'] = {
    ...warehouse,
    write: (work, ...rest) => warehouse.write((transaction) => work(timed(transaction)), ...rest),
  };
  return { app: { ...app, warehouse: watched }, times };
}
