import { setTimeout as pause } from 'node:timers/promises';
import { parentPort, workerData } from 'node:worker_threads';

const between = 10;

const { addresses, cookie } = workerData as { addresses: string[]; cookie: string };
let isEnough = false;
parentPort?.once('message', () => (isEnough = true));

const waits: number[] = [];
while (!isEnough) {
  for (const address of addresses) {
    const asked = performance.now();
    const answer = await fetch(address, { headers: { cookie } });
    await answer.arrayBuffer();
    waits.push(performance.now() - asked);
    if (answer.status !== 200) throw new Error(`${address} was answered with ${answer.status}`);
    await pause(between);
  }
}
parentPort?.postMessage(waits);
