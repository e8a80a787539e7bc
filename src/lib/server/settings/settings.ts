import { Refusal } from '#lib/errors/refusal.ts';
import { openStore } from '../store.ts';
import { playbookKeys } from './playbooks.ts';

/** What a business sets for itself. `margin_rate` is a share in 0…1 as text, or `none`. */
export type SettingValues = {
  time_zone: string;
  currency: string;
  week_start: string;
  margin_rate: string;
  playbook: string;
  /** Megabytes that the files of one import over the page may have together. */
  upload_limit: string;
};

export type SettingName = keyof SettingValues;

/** The settings of one data folder, kept in app.sqlite. */
export type Settings = {
  get(name: SettingName): string;
  all(): SettingValues;
  /** Throws Refusal bad_setting. */
  set(name: SettingName, value: string): void;
  close(): void;
};

type Rule = { initial: () => string; expected: string; accepts: (value: string) => boolean };

const rules: Record<SettingName, Rule> = {
  time_zone: {
    initial: () => new Intl.DateTimeFormat().resolvedOptions().timeZone,
    expected: 'Asia/Shanghai, Asia/Taipei, Europe/Berlin, UTC …',
    accepts: isTimeZone,
  },
  currency: {
    initial: () => 'CNY',
    expected: 'CNY, TWD, HKD, EUR, USD …',
    accepts: (value) => Intl.supportedValuesOf('currency').includes(value),
  },
  week_start: { initial: () => 'monday', expected: 'monday', accepts: (value) => value === 'monday' },
  margin_rate: {
    initial: () => 'none',
    expected: '0 … 1, none',
    accepts: (value) => value === 'none' || /^(0(\.\d{1,17})?|1(\.0{1,17})?)$/.test(value),
  },
  playbook: {
    initial: () => 'wedding-photo',
    expected: playbookKeys().join(', '),
    accepts: (value) => playbookKeys().includes(value),
  },
  upload_limit: {
    initial: () => '2000',
    expected: '1 … 100000',
    accepts: (value) => /^[1-9]\d{0,5}$/.test(value) && Number(value) <= 100_000,
  },
};

export const settingNames = Object.keys(rules) as readonly SettingName[];

/** The name of a setting as somebody typed it. Throws Refusal unknown_setting. */
export function settingName(text: string): SettingName {
  const found = settingNames.find((name) => name === text);
  if (found === undefined)
    throw new Refusal('unknown_setting', { name: text, known: settingNames.join(', ') });
  return found;
}

/**
 * Opens the settings in an SQLite file, made where it is missing. What was never set, or is no longer possible, has its
 * first value.
 * Throws Refusal store_unreadable.
 */
export function openSettings(file: string): Settings {
  const database = openStore(
    file,
    'create table if not exists settings (name text primary key, value text not null) strict;',
  );
  const read = database.prepare('select value from settings where name = ?');
  const write = database.prepare(
    'insert into settings (name, value) values (?, ?) on conflict (name) do update set value = excluded.value',
  );
  const get = (name: SettingName) => {
    const kept = read.get(name)?.['value'];
    return typeof kept === 'string' && rules[name].accepts(kept) ? kept : rules[name].initial();
  };
  const set = (name: SettingName, value: string) => {
    if (!rules[name].accepts(value))
      throw new Refusal('bad_setting', { name, value, expected: rules[name].expected });
    write.run(name, value);
  };
  return {
    get,
    set,
    all: () => Object.fromEntries(settingNames.map((name) => [name, get(name)])) as SettingValues,
    close: () => database.close(),
  };
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}
