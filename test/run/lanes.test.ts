import { expect, test } from 'vitest';
import { inLanes } from './lanes.ts';

const turn = () => new Promise(setImmediate);

test('work is done once for each item, begun in order, never for more at a time than there are lanes', async () => {
  const begun: number[] = [];
  let [now, most] = [0, 0];
  await inLanes([1, 2, 3, 4, 5], 2, async (item) => {
    begun.push(item);
    now += 1;
    most = Math.max(most, now);
    await turn();
    now -= 1;
  });
  expect(begun).toEqual([1, 2, 3, 4, 5]);
  expect(most).toBe(2);
});

test('results stand in the order of the items, however long each takes', async () => {
  const results = await inLanes([3, 1, 0, 2], 3, async (turns) => {
    for (let taken = 0; taken < turns; taken += 1) await turn();
    return turns;
  });
  expect(results).toEqual([3, 1, 0, 2]);
});

test('what goes wrong in a lane is thrown', async () => {
  const work = (item: number) => (item === 2 ? Promise.reject(new Error('two')) : Promise.resolve(item));
  await expect(inLanes([1, 2], 2, work)).rejects.toThrow('two');
});
