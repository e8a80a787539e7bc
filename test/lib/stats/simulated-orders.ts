import { addDays } from '../../oracle/days.ts';
import { chances, gamma } from './shoppers.ts';

/** Orders of people who come at a rate of their own for a year, unless a visit is their last. */
export function simulatedOrders(people: number): string {
  const chance = chances(11);
  const lines = ['order_id,ordered_at,amount,customer_id'];
  for (let client = 0; client < people; client += 1) {
    const [days, price] = [gamma(chance, 1) / 30, 100 * gamma(chance, 3)];
    const [lost, kept] = [gamma(chance, 1), gamma(chance, 3)];
    for (let day = 60 * chance(); day < 400; day -= Math.log(1 - chance()) / days) {
      const amount = ((price * gamma(chance, 4)) / 4).toFixed(2);
      lines.push(`${lines.length},${addDays('2024-01-01', Math.floor(day))},${amount},C${client}`);
      if (chance() < lost / (lost + kept)) break;
    }
  }
  return lines.join('\n');
}
