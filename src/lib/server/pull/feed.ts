import { z } from 'zod';
import { mapping } from '#lib/exports/mapping.ts';
import { tableNames } from '#lib/exports/tables.ts';

/** Text that is kept encrypted; see `vault.ts`. */
const secret = z.string().min(1).max(4096);
const name = z.string().min(1).max(200);

const auth = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('bearer'), secret }),
  z.strictObject({ kind: z.literal('basic'), user: name, secret }),
  z.strictObject({ kind: z.literal('header'), header: z.string().regex(/^[\w-]{1,80}$/), secret }),
  z.strictObject({ kind: z.literal('query'), parameter: name, secret }),
]);

/** How the next page is found: by a number that grows, by a cursor in the answer, or by its header Link (RFC 8288). */
const paging = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('page'), parameter: name, first: z.int().nonnegative().default(1) }),
  z.strictObject({ kind: z.literal('cursor'), parameter: name, path: name }),
  z.strictObject({ kind: z.literal('link') }),
]);

const common = {
  /** What the history calls it. */
  name: z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/),
  /** The list that it feeds, where its headers do not tell. */
  table: z.enum(tableNames as [string, ...string[]]).optional(),
  /** What its columns are taken for, as a mapping file. */
  mapping: mapping.optional(),
  /** When it is asked, as cron writes it, in the firm's time zone; without it only by hand. */
  schedule: z.string().min(1).max(100).optional(),
};

/** A web address that is asked for records. */
export const webFeed = z.strictObject({
  ...common,
  kind: z.literal('web'),
  url: z.url({ protocol: /^https?$/ }),
  body: z.enum(['json', 'csv']).default('json'),
  /** Where the records stand in a JSON answer, as names between dots; the answer itself without it. */
  records: z.string().max(200).optional(),
  auth: auth.optional(),
  paging: paging.optional(),
  /** Only what is new: the greatest value of `field` so far is sent as `parameter`. */
  since: z.strictObject({ parameter: name, field: name }).optional(),
  /** Hosts that may be asked although they stand in a private network. */
  allow: z.array(name).max(20).optional(),
});

/** A folder on this machine whose files are imported when they are new or have changed. */
export const folderFeed = z.strictObject({
  ...common,
  kind: z.literal('folder'),
  path: z.string().min(1).max(1000),
});

/** Where lists are fetched from by themselves. */
export const feed = z.discriminatedUnion('kind', [webFeed, folderFeed]);

export type WebFeed = z.infer<typeof webFeed>;
export type FolderFeed = z.infer<typeof folderFeed>;
export type Feed = z.infer<typeof feed>;
