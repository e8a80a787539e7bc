import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { rebuildModels } from '#lib/server/warehouse/models.ts';
import { withInstallation } from './installation.ts';
import { bringStock, differences, moves, performMove, tablesOfModels, takeBack } from './refresh.ts';
import { runs } from './runs.ts';
import { baseDay } from './studio.ts';

describe('models after lists that come in, are replaced, withdrawn and mended', () => {
  test('hold what building them anew gives, although only the touched families are built', async () => {
    await withInstallation(baseDay, async (app) => {
      await bringStock(app);
      await fc.assert(
        fc.asyncProperty(moves, async (given) => {
          await takeBack(app);
          await app.warehouse.write((transaction) => rebuildModels(transaction));
          const built = await tablesOfModels(app);
          for (const move of given) {
            await performMove(app, move);
            expect(await differences(app)).toEqual([]);
          }
          await takeBack(app);
          expect(await differences(app)).toEqual([]);
          expect(await tablesOfModels(app)).toEqual(built);
        }),
        runs(1, 300),
      );
    });
  });
});
