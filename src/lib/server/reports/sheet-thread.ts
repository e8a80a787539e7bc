import { parentPort, workerData } from 'node:worker_threads';
import { sheetBytes } from './sheet.ts';
import type { Sheet } from './sheet.ts';

parentPort?.postMessage(await sheetBytes(workerData as Sheet));
