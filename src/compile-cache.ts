import { enableCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * Has Node keep what it compiles, for this process and, through the environment, for those that it starts. Only modules
 * that are imported after this one gain by it.
 */
process.env.NODE_COMPILE_CACHE ??= join(import.meta.dirname, '..', 'node_modules', '.cache', 'seven-steps');
enableCompileCache(process.env.NODE_COMPILE_CACHE);
