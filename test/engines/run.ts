import { openClickHouse } from './clickhouse.ts';
import { compareFunctions } from './functions.ts';
import { installChdb } from './install.ts';
import { compareReports } from './reports.ts';
import { openTally } from './tally.ts';

/** `npm run test:engines`: the same text gives the same on DuckDB and on ClickHouse. Exit 1 when it does not. */
const tally = openTally();
const clickHouse = openClickHouse(installChdb());
try {
  await compareFunctions(clickHouse, tally);
  await compareReports(clickHouse, tally);
} finally {
  clickHouse.close();
}
process.exitCode = tally.close();
