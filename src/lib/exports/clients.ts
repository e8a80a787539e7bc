import { z } from 'zod';
import { choice, optional, required } from './field.ts';
import { names } from './headers.ts';

/**
 * What somebody decided by hand of two persons, each a customer or the journey of a lead: that they are the same client or
 * different ones. Entered on the page of matches, a batch each, so that withdrawing it undoes it.
 */
export const client_decisions = z.object({
  decision_id: required('text', names(['decision id'], ['认定编号'], ['認定編號']), { key: true }),
  decided_at: required('instant', names(['decided at'], ['认定时间'], ['認定時間'])),
  decision: choice(names(['same or different client'], ['是否同一人'], ['是否同一人']), {
    same: ['same client', '同一人'],
    different: ['different clients', '不同的人'],
  }),
  customer_a: optional('text', names(['first customer id'], ['甲客户编号'], ['甲客戶編號'])),
  lead_a: optional('text', names(['first lead id'], ['甲客资编号'], ['甲客資編號'])),
  customer_b: optional('text', names(['second customer id'], ['乙客户编号'], ['乙客戶編號'])),
  lead_b: optional('text', names(['second lead id'], ['乙客资编号'], ['乙客資編號'])),
  decided_by: optional('text', names(['decided by'], ['认定人'], ['認定人'])),
});
