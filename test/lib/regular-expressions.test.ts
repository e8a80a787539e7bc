import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '..', '..', 'src');

/** Whose texts are our own, or bounded before: a growing text cannot reach them. */
const bounded = new Map([
  ['lib/server/reports/compose.ts', 'our own SQL'],
  ['lib/server/reports/header.ts', 'headers of our own SQL'],
  ['lib/server/reports/opening.ts', 'headers of our own SQL'],
  ['lib/server/warehouse/parameters.ts', 'our own SQL, before arguments are in it'],
  ['lib/server/figures/chart-file.ts', 'our own pictures'],
  ['lib/charts/draw.ts', 'our own pictures'],
  ['lib/server/log/described.ts', 'cut to 2,000 characters'],
  ['lib/server/import/reading/book.ts', 'cut to 255 characters'],
  ['lib/server/import/reading/cell-text.ts', 'a number that was written by ourselves'],
  ['lib/server/accounts/password-rule.ts', 'a password of 200 characters'],
  ['lib/server/settings/margin.ts', 'a number of 20 characters'],
]);

/** Every regular expression that repeats anything, with its file. */
const expressions = globSync('{lib,routes}/**/*.ts', { cwd: src })
  .filter((file) => !file.includes('paraglide') && !bounded.has(file))
  .flatMap((file) => {
    const source = ts.createSourceFile(
      file,
      readFileSync(join(src, file), 'utf8'),
      ts.ScriptTarget.Latest,
      true,
    );
    const found: { file: string; literal: string }[] = [];
    const walk = (node: ts.Node): void => {
      if (ts.isRegularExpressionLiteral(node) && /[*+{]/.test(node.text))
        found.push({ file, literal: node.text });
      ts.forEachChild(node, walk);
    };
    walk(source);
    return found;
  });

const heads = ['', '"', 'a', '1', '(', '<', ';', 'a='];
const pairs = ['0', ' ', 'a', '"', ',', '.', '-', '='];

/** What an expression might go over again and again: its own characters, those of its classes, and pairs of the usual ones. */
function unitsOf(source: string): string[] {
  const own = source.replace(/\\[pux]\{?[^}]*\}?/g, '');
  const single = [...new Set([...own, ...'0aA \t"\',.-万=;<>/():[]_@\n\u3000'])];
  return [
    ...single,
    ...pairs.flatMap((one) => pairs.filter((other) => other !== one).map((other) => one + other)),
  ];
}

/** The time that a text of `length` repeated characters takes which fails at its very end, in milliseconds; the best of `tries`. */
function timeOf(expression: RegExp, head: string, unit: string, length: number, tries: number): number {
  const text = `${head}${unit.repeat(length / unit.length)}\x01`;
  const times = Array.from({ length: tries }, () => {
    const begun = performance.now();
    expression.exec(text);
    return performance.now() - begun;
  });
  return Math.min(...times);
}

/** Whether four times the text takes far more than four times as long, and not only by what else the machine does. */
function explodes(expression: RegExp, head: string, unit: string): boolean {
  const isFast = timeOf(expression, head, unit, 8000, 1) < 4 || timeOf(expression, head, unit, 8000, 3) < 4;
  return !isFast && timeOf(expression, head, unit, 8000, 3) > 8 * timeOf(expression, head, unit, 2000, 5);
}

test('no expression over what people hand in takes ever longer for every character more', () => {
  const slow = expressions.flatMap(({ file, literal }) => {
    const end = literal.lastIndexOf('/');
    const source = literal.slice(1, end);
    const expression = new RegExp(source, literal.slice(end + 1).replace(/[gy]/g, ''));
    const found = unitsOf(source).find((unit) => heads.some((head) => explodes(expression, head, unit)));
    return found === undefined ? [] : [`${file} ${literal} by ${JSON.stringify(found)}`];
  });
  expect(expressions.length).toBeGreaterThan(80);
  expect(slow).toEqual([]);
});
