import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** A door as a request knocks at it: reading a page is GET, an action of a form is POST with its name. */
export type OpenedDoor = { route: string; method: string; action: string | null };

const routes = join(import.meta.dirname, '..', '..', '..', '..', 'src', 'routes');

/** Every door that the files under src/routes open, read from their text: nobody has to write it down. */
export function openedDoors(): OpenedDoor[] {
  const pages = globSync('**/+page.svelte', { cwd: routes }).map((file) => ({
    route: routeOf(file),
    method: 'GET',
    action: null,
  }));
  const actions = globSync('**/+page.server.ts', { cwd: routes }).flatMap((file) =>
    exportsOf(file).actions.map((action) => ({ route: routeOf(file), method: 'POST', action })),
  );
  const methods = globSync('**/+server.ts', { cwd: routes }).flatMap((file) =>
    exportsOf(file).names.map((method) => ({ route: routeOf(file), method, action: null })),
  );
  return [...pages, ...actions, ...methods];
}

/** The route that SvelteKit makes of a file's folder. */
const routeOf = (file: string) => `/${dirname(file)}`.replace(/^\/\.$/, '/');

/** The names that a file exports, and the keys of its `actions`. */
function exportsOf(file: string): { names: string[]; actions: string[] } {
  const names: string[] = [];
  let actions: string[] = [];
  const source = ts.createSourceFile(file, readFileSync(join(routes, file), 'utf8'), ts.ScriptTarget.Latest);
  for (const node of source.statements) {
    const isExported = ts.canHaveModifiers(node)
      ? ts.getModifiers(node)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
      : false;
    if (!isExported) continue;
    if (ts.isFunctionDeclaration(node) && node.name) names.push(node.name.text);
    if (!ts.isVariableStatement(node)) continue;
    for (const { name, initializer } of node.declarationList.declarations) {
      if (!ts.isIdentifier(name)) continue;
      names.push(name.text);
      if (name.text === 'actions' && initializer && ts.isObjectLiteralExpression(initializer))
        actions = initializer.properties.map((property) => property.name?.getText(source) ?? '…');
    }
  }
  return { names, actions };
}
