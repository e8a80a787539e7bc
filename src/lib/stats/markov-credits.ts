import { channelsOf } from './touch-paths.ts';
import type { Channel, Credit, TouchPath } from './touch-paths.ts';

/** How many people went from each state to each other one. */
type Flows = Map<string, Map<string, number>>;

/** A state stands for the last touches; the names of these three are none of theirs. */
const [START, BOUGHT, LOST] = ['start', 'bought', 'lost'];

/** How many of the last touches decide on the next step. */
export type ChainOrder = 1 | 2;

/** A credit, and the share of purchases of the chain (0…1) that would be lost without the channel. */
export type MarkovCredit = Credit & { readonly removal_effect: number };

/**
 * Credits by removal effect: the share of all purchases of an absorbing Markov chain that comes by way of a channel, since
 * whoever would have come to it is lost without it (Anderl, Becker, von Wangenheim & Schumann 2016, International Journal of
 * Research in Marketing 33:457). The worth of all paths is divided in proportion to these shares and so always summed to. The
 * chain is solved exactly, state by state and without a subtraction (Grassmann, Taksar & Heyman 1985, Operations Research
 * 33:1107): a channel from which nobody goes on to buy has an effect of 0, not nearly 0. Paths without a channel credit nobody
 * and are for the caller to show on a line of their own.
 */
export function markovCredits(paths: readonly TouchPath[], order: ChainOrder): MarkovCredit[] {
  const channels = channelsOf(paths);
  const touched = paths.filter((path) => path.channels.length > 0);
  const worth = touched.reduce((sum, path) => sum + path.worth, 0);
  const { flows, ends } = chainOf(touched, channels, order);
  const effects = channels.map((channel) => ({ channel, effect: removalEffect(flows, ends.get(channel)) }));
  const all = effects.reduce((sum, { effect }) => sum + effect, 0);
  return effects.map(({ channel, effect }) => ({
    channel,
    removal_effect: effect,
    credit: all === 0 ? 0 : (worth * effect) / all,
  }));
}

/** The flows between states, and the states whose last touch is a channel's. */
function chainOf(paths: readonly TouchPath[], channels: readonly Channel[], order: ChainOrder) {
  const numbers = new Map(channels.map((channel, at) => [channel, at]));
  const flows: Flows = new Map([[START, new Map()]]);
  const ends = new Map<Channel, Set<string>>(channels.map((channel) => [channel, new Set()]));
  const go = (from: string, to: string, people: number) => {
    if (people > 0) add(rowOf(flows, from), to, people);
  };
  for (const path of paths.filter(({ people }) => people > 0)) {
    let state = START;
    for (const [at, channel] of path.channels.entries()) {
      const last = path.channels.slice(Math.max(at + 1 - order, 0), at + 1);
      const next = last.map((one) => numbers.get(one)).join();
      ends.get(channel)?.add(next);
      go(state, next, path.people);
      state = next;
    }
    go(state, BOUGHT, path.buyers);
    go(state, LOST, path.people - path.buyers);
  }
  return { flows, ends };
}

/** The share of purchases that comes by way of some states; 0 where nobody buys. */
function removalEffect(flows: Flows, through: ReadonlySet<string> = new Set()): number {
  const rest = new Map([...flows].map(([state, row]) => [state, new Map(row)]));
  for (const state of flows.keys()) if (state !== START && !through.has(state)) leaveOut(rest, state);
  const start = rowOf(rest, START);
  const past = start.get(BOUGHT) ?? 0;
  start.delete(BOUGHT);
  for (const state of through) leaveOut(rest, state);
  const by = start.get(BOUGHT) ?? 0;
  return by === 0 ? 0 : by / (by + past);
}

/** Sends everybody who comes to a state on to where they go from there in the end. */
function leaveOut(flows: Flows, state: string): void {
  const onward = rowOf(flows, state);
  flows.delete(state);
  onward.delete(state);
  const leaving = [...onward.values()].reduce((sum, people) => sum + people, 0);
  for (const row of flows.values()) {
    const coming = row.get(state);
    if (coming === undefined) continue;
    row.delete(state);
    for (const [to, people] of onward) add(row, to, (coming * people) / leaving);
  }
}

function rowOf(flows: Flows, state: string): Map<string, number> {
  const row = flows.get(state) ?? new Map<string, number>();
  flows.set(state, row);
  return row;
}

function add(row: Map<string, number>, to: string, people: number): void {
  row.set(to, (row.get(to) ?? 0) + people);
}
