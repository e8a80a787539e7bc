/** Takes the README's picture of the sample's Week page: `node test/bench/picture.ts`. */
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openBrowser, visit } from '../browser/reader.ts';
import { projectFolder } from './process.ts';
import { withSample } from './sample.ts';

const folder = join(projectFolder, 'static', 'readme');
const path = join(folder, 'week.png');

await withSample(async ({ address }) => {
  const browser = await openBrowser();
  try {
    const { page } = await visit(browser, address, { width: 1280 });
    mkdirSync(folder, { recursive: true });
    await page.screenshot({ path, animations: 'disabled' });
  } finally {
    await browser.close();
  }
});
console.log(`${path}: ${Math.round(statSync(path).size / 1000)} kB`);
