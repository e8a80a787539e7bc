import { parentPort, workerData } from 'node:worker_threads';
import type { Begun } from './apart.ts';

const { name, hasRows, given } = workerData as Begun;
const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const rows: unknown[] = [];
/** What came before somebody listened is kept by the port. */
const slices = new Promise<void>((resolve) => {
  if (!hasRows) resolve();
  parentPort?.on('message', (slice: readonly unknown[] | null) => {
    if (slice === null) resolve();
    else rows.push(...slice);
  });
});
const module = (await import(`#lib/stats/${file}.ts`)) as Record<string, (...given: unknown[]) => unknown>;
await slices;
parentPort?.postMessage(module[name]?.(...(hasRows ? [rows] : []), ...given));
