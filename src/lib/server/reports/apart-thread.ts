import { parentPort, workerData } from 'node:worker_threads';
import type { Work } from './apart.ts';
import type { Finish } from './spec.ts';

const { name, rows, params, fed } = workerData as Work;
const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const module = (await import(`#lib/stats/${file}.ts`)) as Record<string, Finish>;
parentPort?.postMessage(module[name]?.(rows as never[], params as never, fed as never));
