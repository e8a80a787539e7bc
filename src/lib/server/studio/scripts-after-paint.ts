import type { ResolveOptions } from '@sveltejs/kit';

/** How long an open page waits for its first picture, in milliseconds, before its scripts come all the same. */
const LONGEST_WAIT = 400;

/** How SvelteKit starts a page. */
const START = /Promise\.all\(\[\s*(import\("[^"]*\/entry\/start\.[^"]*"\),\s*import\("[^"]*"\))\s*\]\)/;

/**
 * How to answer with a page that asks for its scripts once it has been painted: they take neither line nor processor
 * from what is read. Where SvelteKit starts a page in other words, the scripts come as one asks for the next.
 */
export function scriptsAfterPaint(): {
  /** Keeps the scripts out of what the answer announces. */
  preload: NonNullable<ResolveOptions['preload']>;
  /** The page with its start put off. */
  putOff: (html: string) => string;
} {
  const scripts: string[] = [];
  return {
    preload: ({ type, path }) => {
      if (type === 'js') scripts.push(path);
      return type === 'css';
    },
    putOff: (html) => html.replace(START, (_, imports: string) => afterPaint(scripts, imports)),
  };
}

const afterPaint = (scripts: readonly string[], imports: string): string =>
  `new Promise((go) => {
    if (document.hidden) return go();
    new PerformanceObserver(go).observe({ type: 'paint', buffered: true });
    setTimeout(go, ${LONGEST_WAIT});
  }).then(() => {
    for (const href of ${JSON.stringify(scripts)})
      document.head.append(Object.assign(document.createElement('link'), { rel: 'modulepreload', href }));
    return Promise.all([${imports}]);
  })`;
