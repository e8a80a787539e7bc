/** A lead, who sent it, and the order that came of it, if any. */
export type Sent = {
  lead: string;
  day: number;
  client: string;
  referrer: string | null;
  amount: number | null;
  cancelled: boolean;
};

export type Generation = { people: number; orders: number; cancelled: number; amount: number };

export type Forest = {
  generations: Map<number, Generation>;
  /** Leads that were cut because they closed a circle. */
  cut: string[];
};

/** The trees as one builds them by hand: first senders, circles cut at their latest lead, then everybody's steps to the top. */
export function forestOf(leads: readonly Sent[]): Forest {
  const inOrder = leads.toSorted((a, b) => a.day - b.day || (a.lead < b.lead ? -1 : 1));
  const sender = new Map<string, Sent>();
  for (const one of inOrder)
    if (one.referrer !== null && one.referrer !== one.client && !sender.has(one.client))
      sender.set(one.client, one);
  const cut = [...sender.keys()].flatMap((client) => {
    const circle = circleOf(client, sender);
    const latest = inOrder.findLast(({ lead }) => circle.some((one) => one.lead === lead));
    return latest && latest.client === client ? [latest.lead] : [];
  });
  for (const [client, { lead }] of [...sender]) if (cut.includes(lead)) sender.delete(client);
  const stepsOf = (client: string): number => {
    const referrer = sender.get(client)?.referrer;
    return referrer == null ? 0 : 1 + stepsOf(referrer);
  };
  const people = new Set([...sender].flatMap(([client, { referrer }]) => [client, referrer ?? client]));
  const generations = new Map<number, Generation>();
  const at = (steps: number) => {
    const found = generations.get(steps) ?? { people: 0, orders: 0, cancelled: 0, amount: 0 };
    generations.set(steps, found);
    return found;
  };
  for (const client of people) at(stepsOf(client)).people += 1;
  for (const { client, referrer, amount, cancelled } of leads) {
    if (referrer === null || referrer === client || amount === null || stepsOf(client) === 0) continue;
    const generation = at(stepsOf(client));
    if (cancelled) generation.cancelled += 1;
    else {
      generation.orders += 1;
      generation.amount += amount;
    }
  }
  return { generations, cut };
}

/** The leads of the circle that somebody stands in; none for whoever stands in no circle. */
function circleOf(client: string, sender: ReadonlyMap<string, Sent>): Sent[] {
  const passed: Sent[] = [];
  for (let at: string | null = client; at !== null && passed.length <= sender.size;) {
    const one: Sent | undefined = sender.get(at);
    if (!one) return [];
    passed.push(one);
    at = one.referrer;
    if (at === client) return passed;
  }
  return [];
}
