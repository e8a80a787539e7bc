import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import { defineConfig } from 'vite';
import type { Plugin } from 'vite';
import { wordOptions } from './src/prepare.ts';

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

export default defineConfig({
  plugins: [paraglideVitePlugin(wordOptions), sveltekit(), reloadQueries()],
  build: { target: 'es2023', reportCompressedSize: false },
});
