/** The ways by which lists come in. */
export const ways = [
  'page',
  'paste',
  'command_line',
  'api',
  'pull',
  'folder',
  'mending',
  'entered',
  'sample',
] as const;

/**
 * Where an import comes from, for the history: by which way, the name of the pull source, folder or token where it has one, and
 * who brought it (null where nobody did, or nobody was asked who they are).
 */
export type Origin = { way: (typeof ways)[number]; name: string | null; by: string | null };
