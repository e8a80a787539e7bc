import { parentPort, workerData } from 'node:worker_threads';
import type { Work } from './apart.ts';

const { name, given } = workerData as Work;
const file = name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
const module = (await import(`#lib/stats/${file}.ts`)) as Record<string, (...given: unknown[]) => unknown>;
parentPort?.postMessage(module[name]?.(...given));
