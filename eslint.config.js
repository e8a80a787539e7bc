import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import typescript from 'typescript-eslint';

/** The only modules that may hold DuckDB are those of the warehouse; pages and charts get rows. */
const noEngineHere = {
  patterns: [
    { group: ['@duckdb/*'], message: 'Only src/lib/server/warehouse talks to DuckDB: ask a report instead.' },
    { group: ['node:sqlite'], message: 'Only src/lib/server talks to SQLite.' },
  ],
};

export default defineConfig([
  globalIgnores(['build/', '.svelte-kit/', 'data/local/', 'src/lib/paraglide/', 'test/output/']),
  js.configs.recommended,
  typescript.configs.recommended,
  typescript.configs.stylistic,
  svelte.configs.recommended,
  {
    languageOptions: { globals: { ...globals.node, ...globals.browser } },
    rules: {
      // TypeScript itself says what is undefined
      'no-undef': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'prefer-const': 'error',
      'object-shorthand': 'error',
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      '@typescript-eslint/ban-ts-comment': 'error',
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/consistent-indexed-object-style': 'off',
    },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts', '**/*.svelte.js'],
    languageOptions: {
      parserOptions: { parser: typescript.parser, extraFileExtensions: ['.svelte'] },
    },
    // links inside the product keep the address of the page, which resolve() cannot express
    rules: {
      'svelte/no-navigation-without-resolve': 'off',
      'prefer-const': 'off',
      'svelte/prefer-const': 'error',
    },
  },
  {
    files: ['src/routes/**', 'src/lib/charts/**', 'src/lib/ui/**'],
    rules: { 'no-restricted-imports': ['error', noEngineHere] },
  },
]);
