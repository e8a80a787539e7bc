import { afterAll, beforeAll } from 'vitest';
import { attackByListening } from './attacks/answers.ts';
import { openAttacked } from './attacks/attacked.ts';
import { attackByPaths } from './attacks/folders.ts';
import { attackByForms } from './attacks/forms.ts';
import { attackByLoggingIn } from './attacks/log-in.ts';
import { attackByNaming } from './attacks/others-things.ts';
import { attackByStatements } from './attacks/statements.ts';
import { attackBySize } from './attacks/too-large.ts';
import type { Studio } from './studio.ts';

let studio: Studio;
beforeAll(async () => {
  studio = await openAttacked();
}, 240_000);
afterAll(() => studio.end());

const house = { studio: () => studio };
for (const attack of [
  attackByStatements,
  attackByForms,
  attackBySize,
  attackByNaming,
  attackByLoggingIn,
  attackByPaths,
  attackByListening,
])
  attack(house);
