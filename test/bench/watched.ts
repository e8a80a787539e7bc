import { Worker } from 'node:worker_threads';

/**
 * Asks for addresses in turn, from a thread of its own, while some work goes on; gives how long each request waited for
 * the last byte of its answer, in milliseconds. Throws when one was not answered with 200.
 */
export async function watch(
  addresses: string[],
  cookie: string,
  work: () => Promise<void>,
): Promise<number[]> {
  const asker = new Worker(new URL('./asker.ts', import.meta.url), { workerData: { addresses, cookie } });
  const told = new Promise<number[]>((resolve, reject) => {
    asker.once('message', resolve);
    asker.once('error', reject);
  });
  await Promise.race([work(), told]);
  asker.postMessage('enough');
  const waits = await told;
  await asker.terminate();
  return waits;
}
