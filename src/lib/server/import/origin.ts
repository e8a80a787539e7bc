/** How lists come in. */
export const sources = [
  'page',
  'paste',
  'command_line',
  'api',
  'pull',
  'folder',
  'mending',
  'sample',
] as const;

/**
 * Where an import comes from, for the history: how, the name of the pull source, folder or token where it has one, and
 * who brought it (null while nobody is asked who they are).
 */
export type Origin = { source: (typeof sources)[number]; name: string | null; by: string | null };
