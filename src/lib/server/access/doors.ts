import type { Role } from '#lib/access/viewer.ts';

/**
 * Who passes a door: `anyone`; `strangers`, who have not signed in (everybody else is led home); or people of some roles.
 * `tokens` says which programs pass as well: those that may hand in lists, or those that may ask reports in one of the roles.
 * Behind a door with `files` what is sent may be as large as an import; behind any other it is a form, see `body.ts`.
 */
export type Audience = {
  readonly who: 'anyone' | 'strangers' | readonly Role[];
  readonly tokens?: 'lists' | 'reports';
  readonly body?: 'files';
};

/** The doors of a route: reading its page and each action of its forms, or each method of an address of the API. */
export type Doors = {
  readonly page?: Audience;
  readonly actions?: Readonly<Record<string, Audience>>;
  readonly methods?: Readonly<Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Audience>>>;
};

const anyone: Audience = { who: 'anyone' };
const strangers: Audience = { who: 'strangers' };
const everybody: Audience = { who: ['owner', 'manager', 'marketer', 'staff'] };
const office: Audience = { who: ['owner', 'manager', 'marketer'] };
const owner: Audience = { who: ['owner'] };
const market: Audience = { who: ['owner', 'marketer'] };
const heads: Audience = { who: ['owner', 'manager'] };
const desks: Audience = { who: ['owner', 'manager', 'staff'] };
const reports: Audience = { who: ['owner', 'manager', 'marketer', 'staff'], tokens: 'reports' };
const files: Audience = { who: ['owner'], body: 'files' };
const programs: Audience = { who: [], tokens: 'lists' };
const lists: Audience = { ...programs, body: 'files' };

/** Every door of the house. What is not declared here is shut; a test walks src/routes and names what is missing. */
export const doors: Readonly<Record<string, Doors>> = {
  '/': { page: office },
  '/funnel': { page: office },
  '/funnel/builder': { page: office, actions: { save: office, pin: office, remove: office } },
  '/funnel/backtest': { page: office },
  '/funnel/standing': { page: desks },
  '/funnel/why': { page: office },
  '/upsells': { page: office },
  '/clients': { page: heads },
  '/clients/stages': { page: heads },
  '/clients/value': { page: heads },
  '/referrals': { page: office },
  '/campaigns': { page: market },
  '/campaigns/[id]': { page: market },
  '/experiments': { page: market },
  '/experiments/[id]': { page: market },
  '/changes': { page: market },
  '/attribution': { page: market },
  '/team': { page: heads },
  '/me': { page: desks },
  '/figure/[report]/[column]': { page: everybody },
  '/figure/[report]/[column]/chart.svg': { methods: { GET: everybody } },
  '/reports': { page: office },
  '/reports/[name]': { page: office },
  '/search': { page: office },
  '/glossary': { page: everybody },
  '/notes': { page: office, actions: { add: office, change: office, remove: office } },

  '/customers': { page: desks, actions: { find: desks } },
  '/clients/matches': { page: heads, actions: { decide: heads, undo: heads } },
  '/customers/[id]': { page: desks, actions: { open: desks, part: heads } },
  '/customers/[id]/file.json': { methods: { GET: owner } },
  '/customers/[id]/erase': { page: owner, actions: { default: owner } },
  '/access-log': { page: owner },
  '/access-log/file.csv': { methods: { GET: owner } },

  '/start': { page: owner },
  '/data': { page: owner, actions: { draft: files } },
  '/data/batches/[batch]': { page: owner, actions: { withdraw: owner, mend: owner } },
  '/data/batches/[batch]/rejects.csv': { methods: { GET: owner } },
  '/data/batches/[batch]/rejects.xlsx': { methods: { GET: owner } },
  '/data/drafts/[id]': {
    page: owner,
    actions: {
      change: owner,
      add: files,
      take: owner,
      leave: owner,
      hurry: owner,
      whole: owner,
      import: owner,
    },
  },
  '/data/feeds': { page: owner, actions: { put: owner, try: owner, run: owner, remove: owner } },
  '/data/imports/[id]': { page: owner, actions: { stop: owner } },
  '/data/lists/[list]': { page: owner },
  '/data/mappings': { page: owner, actions: { forget: owner, put: owner } },
  '/data/mappings/file': { methods: { GET: owner } },
  '/settings': { page: owner, actions: { default: owner } },

  '/people': {
    page: owner,
    actions: {
      invite: owner,
      change: owner,
      reset: owner,
      disable: owner,
      enable: owner,
      revoke_token: owner,
    },
  },
  '/account': {
    page: everybody,
    actions: {
      password: everybody,
      end: everybody,
      end_others: everybody,
      begin_second_step: everybody,
      prove_second_step: everybody,
      end_second_step: everybody,
      add_token: everybody,
      revoke_token: everybody,
    },
  },

  '/setup': { page: strangers, actions: { default: strangers } },
  '/login': { page: strangers, actions: { in: strangers, code: strangers, out: everybody } },
  '/join/[secret]': { page: anyone, actions: { default: anyone } },

  '/look-as': { methods: { POST: everybody } },
  '/preferences': { methods: { POST: anyone } },
  '/healthz': { methods: { GET: anyone } },
  '/readyz': { methods: { GET: anyone } },

  '/api/openapi.json': { methods: { GET: reports } },
  '/api/reports': { methods: { GET: reports } },
  '/api/reports/[name]': { methods: { GET: reports } },
  '/api/v1/experiments/[id]/assign': { methods: { GET: programs } },
  '/api/v1/[table]': { methods: { POST: lists } },
  '/api/v1/[table]/[batch]': { methods: { DELETE: lists } },
};
