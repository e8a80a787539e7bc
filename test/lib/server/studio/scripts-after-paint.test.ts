import { expect, test } from 'vitest';
import { scriptsAfterPaint } from '#lib/server/studio/scripts-after-paint.ts';

const imports = 'import("./_app/immutable/entry/start.x.js"),\n\t\timport("./_app/immutable/entry/app.y.js")';
const start = `Promise.all([\n\t\t${imports}\n\t]).then(([kit, app]) => { kit.start(app, element); });`;

test('a page asks for its scripts, all at once, when it has been painted', () => {
  const { preload, putOff } = scriptsAfterPaint();
  expect(preload({ type: 'js', path: './_app/immutable/chunks/z.js' })).toBe(false);
  expect(preload({ type: 'css', path: './_app/immutable/assets/z.css' })).toBe(true);
  const page = putOff(`<p>$&amp; Promise.all([])</p><script>${start}</script>`);
  expect(page).toMatch(/^<p>\$&amp; Promise.all\(\[\]\)<\/p><script>new Promise\(\(go\) => \{/);
  expect(page).toContain("observe({ type: 'paint', buffered: true })");
  expect(page).toContain('of ["./_app/immutable/chunks/z.js"])');
  expect(page).toContain(`return Promise.all([${imports}]);`);
  expect(page).toMatch(/\}\)\.then\(\(\[kit, app\]\) => \{ kit\.start\(app, element\); \}\);<\/script>$/);
});

test('a page that starts otherwise is left as it is', () => {
  const page = '<script>import("./_app/immutable/entry/start.x.js").then((app) => app.start());</script>';
  expect(scriptsAfterPaint().putOff(page)).toBe(page);
});
