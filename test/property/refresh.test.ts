import { describe, expect, test } from 'vitest';
import fc from 'fast-check';
import { withInstallation } from './installation.ts';
import { bringStock, differences, moves, openedTables, performMove, takeBack } from './refresh.ts';
import { runs } from './runs.ts';
import { baseDay } from './studio.ts';

describe('models after lists that come in, are replaced, withdrawn and mended', () => {
  test('hold what building them anew gives, although only the touched families are built', async () => {
    await withInstallation(baseDay, async (app) => {
      await bringStock(app);
      const built = await openedTables(app);
      await fc.assert(
        fc.asyncProperty(moves, async (given) => {
          for (const move of given) {
            await performMove(app, move);
            expect(await differences(app)).toEqual([]);
          }
          expect(await openedTables(app)).toEqual(built);
          await takeBack(app);
        }),
        runs(2, 300),
      );
    });
  });
});
