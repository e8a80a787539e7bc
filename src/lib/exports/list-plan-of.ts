import type { ListPlan } from './plan.ts';
import type { Recognised } from './recognise.ts';

/** What was recognised as the plan that recognises the same again; parts that say nothing are left out. */
export function listPlanOf(list: Recognised): ListPlan {
  const { table, columns, factors, constants, values, styles, sum, only } = list;
  return {
    table,
    columns: Object.fromEntries(columns),
    ...(factors.size === 0 ? {} : { factors: Object.fromEntries(factors) }),
    ...(constants.size === 0 ? {} : { constants: Object.fromEntries(constants) }),
    ...(values.size === 0
      ? {}
      : {
          values: Object.fromEntries([...values].map(([field, meant]) => [field, Object.fromEntries(meant)])),
        }),
    ...(styles.size === 0 ? {} : { styles: Object.fromEntries(styles) }),
    ...(sum.length === 0 ? {} : { sum: [...sum] }),
    ...(only.length === 0 ? {} : { only: [...only] }),
  };
}
