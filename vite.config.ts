import { join } from 'node:path';
import { compile, paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig, normalizePath } from 'vite';
import type { Plugin } from 'vite';
import { wordOptions } from './src/prepare.ts';
import { hashOfInputs, stampBuild } from './src/start/build.ts';

/** A changed query reloads the page in development; the server reads the text again by itself. */
function reloadQueries(): Plugin {
  return {
    name: 'reload-queries',
    configureServer(server) {
      server.watcher.add('queries/**/*.sql');
      server.watcher.on('change', (file) => {
        if (file.endsWith('.sql')) server.ws.send({ type: 'full-reload' });
      });
    },
  };
}

/** The browser's build takes each message as a module of its own, so that words go where the pages are that use them. */
function wordsPerPage(): Plugin {
  const outdir = join(import.meta.dirname, '.svelte-kit', 'words');
  return {
    name: 'words-per-page',
    apply: 'build',
    enforce: 'pre',
    applyToEnvironment: ({ name }) => name === 'client',
    async buildStart() {
      await compile({ ...wordOptions, outdir, outputStructure: 'message-modules' });
    },
    resolveId: {
      filter: { id: /^#lib\/paraglide\// },
      handler: (id) => id.replace('#lib/paraglide', normalizePath(outdir)),
    },
  };
}

/** Every build for production says from which files it was made: `npm start` then takes it as it is. */
function stampedBuild(): Plugin {
  let hash: string | undefined;
  return {
    name: 'stamped-build',
    apply: 'build',
    configResolved({ build, isProduction, root }) {
      if (build.ssr && isProduction) hash = hashOfInputs(root);
    },
    closeBundle: {
      sequential: true,
      order: 'post',
      handler(error) {
        if (hash !== undefined && !error) stampBuild(import.meta.dirname, hash);
      },
    },
  };
}

/**
 * What pages share comes in three files instead of thirty small ones; what one page alone uses comes with it. What only the
 * pages of the funnel share comes with them and not with the first visit.
 */
const shared = [
  {
    name: 'svelte',
    test: /node_modules[\\/](svelte|@sveltejs|esm-env|clsx|devalue)[\\/]|vite[\\/]preload-helper/,
  },
  { name: 'words', test: /\.svelte-kit[\\/]words[\\/](?!messages[\\/]curve_)/, minShareCount: 2 },
  { name: 'ui', test: /src[\\/]lib[\\/](ui|charts(?![\\/][Cc]urve\.)|words)[\\/]/, minShareCount: 2 },
  { name: 'curve', test: /messages[\\/]curve_|charts[\\/][Cc]urve\./, minShareCount: 2 },
];

export default defineConfig({
  plugins: [wordsPerPage(), paraglideVitePlugin(wordOptions), sveltekit(), reloadQueries(), stampedBuild()],
  // It names Svelte among its peers, for which reason Vite would build it into the pages.
  ssr: { external: ['better-auth'] },
  build: { target: 'es2023', reportCompressedSize: false },
  environments: {
    client: { build: { rolldownOptions: { output: { codeSplitting: { groups: shared } } } } },
  },
});
