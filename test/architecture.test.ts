import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';

const project = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(project, file), 'utf8');

const made = (file: string) => file.includes('/paraglide/') || file.endsWith('.gen.ts');
const find = (...patterns: string[]) => globSync(patterns, { cwd: project }).sort();
const sources = () => find('{src,test,data}/**/*.{ts,svelte}').filter((file) => !made(file));

/** The TypeScript of a file: all of it, or what stands in a component's script tags. */
function typescriptOf(file: string): ts.SourceFile {
  const text = read(file);
  const scripts = [...text.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)].map((match) => match[1]);
  const code = file.endsWith('.svelte') ? scripts.join('\n') : text;
  return ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
}

/** The modules a file imports, re-exports or loads later. */
function importsOf(file: string): string[] {
  const modules: string[] = [];
  const visit = (node: ts.Node): void => {
    const isDeclaration = ts.isImportDeclaration(node) || ts.isExportDeclaration(node);
    const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const from = isDeclaration ? node.moduleSpecifier : isCall ? node.arguments[0] : undefined;
    if (from && ts.isStringLiteral(from)) modules.push(from.text);
    ts.forEachChild(node, visit);
  };
  visit(typescriptOf(file));
  return modules;
}

function saysAny(file: string): boolean {
  const visit = (node: ts.Node): boolean =>
    node.kind === ts.SyntaxKind.AnyKeyword || (ts.forEachChild(node, visit) ?? false);
  return visit(typescriptOf(file));
}

describe('the shape of the house', () => {
  test('pages, charts and shared components never hold a database', () => {
    const rooms = find('src/{routes,lib/charts,lib/ui}/**/*.{ts,svelte}');
    const doors = rooms.filter((file) =>
      importsOf(file).some((from) => /^(@duckdb\/|node:sqlite)/.test(from)),
    );
    expect(doors).toEqual([]);
  });

  test('DuckDB has one door and SQLite lies behind the server', () => {
    const outside = (files: string[], room: string, module: RegExp) =>
      files.filter((file) => !file.startsWith(room) && importsOf(file).some((from) => module.test(from)));
    const product = find('src/**/*.{ts,svelte}').filter((file) => !made(file));
    expect(outside(product, 'src/lib/server/warehouse/', /^@duckdb\//)).toEqual([]);
    expect(outside(product, 'src/lib/server/', /^node:sqlite$/)).toEqual([]);
  });

  test('the browser gets nothing from the server’s room', () => {
    const inBrowser = find('src/{routes,lib/charts,lib/ui}/**/*.{ts,svelte}').filter(
      (file) => !/(\+(page|layout)\.server|\+server|\.server)\.ts$/.test(file) && !file.includes('/server/'),
    );
    const leaks = inBrowser.filter((file) =>
      runtimeImportsOf(file).some((from) => from.includes('lib/server/')),
    );
    expect(leaks).toEqual([]);
  });

  test('no file says any', () => {
    expect(sources().filter(saysAny)).toEqual([]);
  });

  test('every report has cases worked by hand', () => {
    const reports = find('queries/reports/*.sql').map((file) => basename(file, '.sql'));
    const folder = (report: string) => join(project, 'test', 'queries', report);
    const bare = reports.filter(
      (report) => !existsSync(folder(report)) || !readdirSync(folder(report)).length,
    );
    expect(reports.length).toBeGreaterThan(0);
    expect(bare).toEqual([]);
  });

  test('the readme says why each package is there', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<string, object>;
    const packages = Object.keys({ ...dependencies, ...devDependencies }).filter(
      (name) => !name.startsWith('@types/'),
    );
    const readme = read('README.md');
    expect(packages.filter((name) => !readme.includes(`\`${name}\``))).toEqual([]);
    const explained = [...readme.matchAll(/^\| (`[^|]*)\| [^|]+\|$/gm)].flatMap(([, names = '']) =>
      [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name ?? ''),
    );
    expect(explained.filter((name) => name.startsWith('@') && !packages.includes(name))).toEqual([]);
  });

  test('nothing lies in a drawer', () => {
    const drawers = find('{src,test,data}/**').filter((file) =>
      /(^|\/)(utils?|helpers?|common|misc|shared)(\.|\/|$)/i.test(file),
    );
    expect(drawers).toEqual([]);
  });

  test('SQL that two engines run is written in lower case', () => {
    const shouting = /^[^-']*\b(SELECT|FROM|WHERE|JOIN|GROUP BY|ORDER BY|CASE|WHEN)\b/m;
    expect(find('queries/**/*.sql').filter((file) => shouting.test(read(file)))).toEqual([]);
  });
});

/** Like importsOf, without imports that only bring types. */
function runtimeImportsOf(file: string): string[] {
  const modules: string[] = [];
  for (const node of typescriptOf(file).statements) {
    if (!ts.isImportDeclaration(node) || !ts.isStringLiteral(node.moduleSpecifier)) continue;
    if (node.importClause?.phaseModifier !== ts.SyntaxKind.TypeKeyword)
      modules.push(node.moduleSpecifier.text);
  }
  return modules;
}
