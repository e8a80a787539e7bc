import type { Standing } from '#lib/access/viewer.ts';
import { openStore } from '../store.ts';

/**
 * What somebody did with a customer's file: read it, take what is held on them along, or have them erased; `looked_as`: they
 * read the page of one of the staff as that person sees it.
 */
export const accessKinds = ['opened', 'exported', 'erased', 'looked_as'] as const;
export type AccessKind = (typeof accessKinds)[number];

/** Who did it: the account, its name and role at that time; a command has no account. */
export type Who = { id: string | null; name: string; role: Standing['role'] };

/** One line of the log. `at` is an instant in UTC, `day` the firm's business day of it. */
export type Access = {
  no: number;
  at: string;
  day: string;
  who: Who;
  kind: AccessKind;
  /** Whose file, as `subjectFor` names it; of one of the staff `S:` and their number. */
  customer: string;
  /** Empty where nobody is asked for one. */
  reason: string;
};

/** Which lines are asked for. Days are YYYY-MM-DD, inclusive; a missing or empty wish holds for every line. */
export type AccessFilter = { who?: string; customer?: string; from?: string; to?: string };

/** Who opened whose file, when and why: lines are added and never changed. Kept in app.sqlite. */
export type AccessLog = {
  add(access: Omit<Access, 'no'>): void;
  /** When an account last did something with a file; null where it never did. */
  last(kind: AccessKind, account: string, customer: string): string | null;
  /** The latest first; `all` counts those on every page. */
  page(filter: AccessFilter, place: { page: number; size: number }): { lines: Access[]; all: number };
  /** The names of everybody who stands in the log. */
  names(): string[];
  close(): void;
};

const tables = `
  create table if not exists access_log (
    no integer primary key,
    at text not null,
    day text not null,
    account text,
    name text not null,
    role text not null,
    kind text not null,
    customer text not null,
    reason text not null
  ) strict;
  create index if not exists access_log_by_customer on access_log (customer, account, at);
  create trigger if not exists access_log_keeps before update on access_log
    begin select raise(abort, 'the access log is not changed'); end;
  create trigger if not exists access_log_stays before delete on access_log
    begin select raise(abort, 'the access log is not shortened'); end;
  create trigger if not exists access_log_grows before insert on access_log
    when exists (select 1 from access_log where no = new.no)
    begin select raise(abort, 'the access log is not changed'); end;
`;

const ASKED = `
  (:who = '' or name = :who) and (:customer = '' or instr(customer, :customer) > 0)
  and (:from = '' or day >= :from) and (:to = '' or day <= :to)`;

/** Opens the access log in an SQLite file, made where it is missing. Throws Refusal store_unreadable. */
export function openAccessLog(file: string): AccessLog {
  const database = openStore(file, tables);
  const insert = database.prepare(
    `insert into access_log (at, day, account, name, role, kind, customer, reason)
     values (:at, :day, :account, :name, :role, :kind, :customer, :reason)`,
  );
  const last = database.prepare(
    `select max(at) as at from access_log where kind = ? and account = ? and customer = ?`,
  );
  const page = database.prepare(
    `select * from access_log where ${ASKED} order by no desc limit :size offset :size * (:page - 1)`,
  );
  const count = database.prepare(`select count(*) as all_lines from access_log where ${ASKED}`);
  const names = database.prepare('select distinct name from access_log order by name');
  return {
    add: ({ at, day, who, kind, customer, reason }) =>
      void insert.run({ at, day, account: who.id, name: who.name, role: who.role, kind, customer, reason }),
    last: (kind, account, customer) => {
      const at = last.get(kind, account, customer)?.['at'];
      return typeof at === 'string' ? at : null;
    },
    page: ({ who = '', customer = '', from = '', to = '' }, place) => {
      const asked = { who, customer, from, to };
      return {
        lines: page.all({ ...asked, ...place }).map(lineOf),
        all: Number(count.get(asked)?.['all_lines'] ?? 0),
      };
    },
    names: () => names.all().map(({ name }) => String(name)),
    close: () => database.close(),
  };
}

function lineOf(row: Record<string, unknown>): Access {
  const account = row['account'];
  return {
    no: Number(row['no']),
    at: String(row['at']),
    day: String(row['day']),
    who: {
      id: account === null ? null : String(account),
      name: String(row['name']),
      role: String(row['role']) as Standing['role'],
    },
    kind: String(row['kind']) as AccessKind,
    customer: String(row['customer']),
    reason: String(row['reason']),
  };
}
