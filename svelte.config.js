import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  kit: {
    adapter: adapter({ out: 'build', precompress: true }),
    // A page is painted with its first answer: on a phone, asking for its styles would take as long again.
    inlineStyleThreshold: Infinity,
    // Only what this server sends runs or loads. Marks are placed by style attributes, hence unsafe-inline for styles.
    csp: {
      directives: {
        'default-src': ['none'],
        'script-src': ['self'],
        'style-src': ['self', 'unsafe-inline'],
        'img-src': ['self', 'data:', 'blob:'],
        'font-src': ['self'],
        'connect-src': ['self'],
        'manifest-src': ['self'],
        'form-action': ['self'],
        'base-uri': ['none'],
        'frame-ancestors': ['none'],
      },
    },
    typescript: {
      config: (config) => {
        delete config.compilerOptions.rewriteRelativeImportExtensions;
        return config;
      },
    },
  },
};
