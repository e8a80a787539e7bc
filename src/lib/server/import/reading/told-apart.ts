import { extname } from 'node:path';

/** Names of which each is another: a second `a.csv` is `a (2).csv`, so that it can be chosen. */
export function toldApart(names: readonly string[]): string[] {
  const told = new Set<string>();
  for (const name of names) {
    const end = extname(name);
    const start = name.slice(0, name.length - end.length);
    let own = name;
    for (let at = 2; told.has(own); at += 1) own = `${start} (${at})${end}`;
    told.add(own);
  }
  return [...told];
}
