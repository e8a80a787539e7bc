import { Refusal } from '#lib/errors/refusal.ts';
import { fieldsOf, isTableName, tableNames } from '#lib/exports/tables.ts';
import type { Field, TableName } from '#lib/exports/tables.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import type { ReportSpec } from '#lib/server/reports/spec.ts';
import { settingNames } from '#lib/server/settings/settings.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { widthOf } from './table-text.ts';

type Command = { usage: string; options: readonly [string, string][] };

const common: readonly [string, string][] = [
  ['--format table|json|csv', 'format'],
  ['--json', 'json'],
  ['--lang en|zh-Hans|zh-Hant', 'lang'],
  ['--sample', 'sample'],
  ['--help', 'help'],
];

const commands: Record<string, Command> = {
  import: {
    usage:
      'import FILE… [--table T] [--map field=header,…] [--sum FIELD --key KEY] [--only RULE …] [--dry-run]',
    options: [
      ['--table T', 'table'],
      ['--map field=header,…', 'map'],
      ['--sum FIELD', 'sum'],
      ['--key KEY', 'key'],
      ['--only RULE', 'only'],
      ['--constant field=value', 'constant'],
      ['--value field:text=meaning', 'value'],
      ['--dates [field=]ymd|dmy|mdy', 'dates'],
      ['--decimal [field=]. or ,', 'decimal'],
      ['--encoding NAME', 'encoding'],
      ['--delimiter , ; | or tab', 'delimiter'],
      ['--header 4, 4-5 or none', 'header'],
      ['--sheet NAME', 'sheet'],
      ['--member NAME', 'member'],
      ['--mapping FILE', 'mapping'],
      ['--dry-run', 'dry_run'],
    ],
  },
  mappings: { usage: 'mappings', options: [] },
  mapping: {
    usage: 'mapping SOURCE [--from FILE | --forget]',
    options: [
      ['--from FILE', 'from'],
      ['--forget', 'forget'],
    ],
  },
  report: { usage: 'report NAME [--from --to --as-of --view --by … --where field=value …]', options: [] },
  reports: { usage: 'reports', options: [] },
  stats: { usage: 'stats [METHOD NUMBER …]', options: [] },
  batches: { usage: 'batches [--page N]', options: [['--page N', 'page']] },
  withdraw: { usage: 'withdraw BATCH', options: [] },
  feed: {
    usage: 'feed put FILE | feed list | feed try NAME | feed run NAME | feed remove NAME',
    options: [],
  },
  user: {
    usage: 'user add NAME --role ROLE | user list | user disable NAME | user reset NAME',
    options: [
      ['--role ROLE', 'role'],
      ['--stores A,B', 'stores'],
      ['--staff ID', 'staff'],
    ],
  },
  token: {
    usage:
      'token add NAME [--tables T,…] [--role ROLE] [--expires YYYY-MM-DD] | token list | token revoke ID',
    options: [
      ['--tables T,…', 'token_tables'],
      ['--role ROLE', 'token_role'],
      ['--expires YYYY-MM-DD', 'token_expires'],
    ],
  },
  customer: { usage: 'customer KEY --reason TEXT', options: [['--reason TEXT', 'reason']] },
  erase: {
    usage: 'erase KEY [--yes --reason TEXT]',
    options: [
      ['--yes', 'yes'],
      ['--reason TEXT', 'reason'],
    ],
  },
  'access-log': {
    usage: 'access-log [--who NAME --customer KEY --from DAY --to DAY --page N]',
    options: [
      ['--who NAME', 'access_who'],
      ['--customer KEY', 'access_customer'],
      ['--page N', 'page'],
    ],
  },
  quarantine: { usage: 'quarantine BATCH [--page N]', options: [['--page N', 'page']] },
  mend: { usage: 'mend BATCH FILE', options: [] },
  set: { usage: 'set KEY VALUE', options: [] },
  get: { usage: 'get [KEY]', options: [] },
  help: { usage: 'help [COMMAND | LIST | REPORT]', options: [] },
};

/** Help on everything, on a command, on a kind of list or on a report. Throws Refusal usage for anything else. */
export function help(topic: string | undefined, locale: Locale): string {
  if (topic === undefined) return overview(locale);
  if (Object.hasOwn(commands, topic)) return commandHelp(topic, locale);
  if (isTableName(topic)) return tableHelp(topic, locale);
  const spec = reportSpecs[topic];
  if (spec !== undefined) return reportHelp(spec, locale);
  throw new Refusal('usage', { detail: `help ${topic}` });
}

function overview(locale: Locale): string {
  const list = Object.entries(commands).map(
    ([name, { usage }]) => [usage, word(locale, `command.${name}`)] as const,
  );
  return sections([
    [word(locale, 'command.intro'), []],
    [word(locale, 'command.commands'), list],
    [word(locale, 'command.options'), optionList(common, locale)],
  ]);
}

function commandHelp(name: string, locale: Locale): string {
  const { usage, options } = commands[name] ?? { usage: name, options: [] };
  return sections([
    [`${word(locale, 'command.usage')}: sevensteps ${usage}`, []],
    [word(locale, `command.${name}`), []],
    ...topicsOf(name, locale),
    [word(locale, 'command.options'), optionList([...options, ...common], locale)],
  ]);
}

function topicsOf(name: string, locale: Locale): Section[] {
  if (name === 'import')
    return [
      [word(locale, 'command.tables'), tableNames.map((table) => [table, word(locale, `export.${table}`)])],
    ];
  if (name === 'report' || name === 'reports')
    return [
      [
        word(locale, 'command.reports'),
        Object.keys(reportSpecs).map((report) => [report, word(locale, `report.${report}.title`)]),
      ],
    ];
  if (name === 'set' || name === 'get')
    return [
      [
        word(locale, 'command.settings'),
        settingNames.map((setting) => [setting, word(locale, `setting.${setting}`)]),
      ],
    ];
  return [];
}

function tableHelp(table: TableName, locale: Locale): string {
  return sections([
    [word(locale, `export.${table}`), []],
    [
      word(locale, 'command.columns'),
      fieldsOf(table).map((field) => [
        `${field.required ? '★ ' : '  '}${field.name}`,
        fieldText(field, locale),
      ]),
    ],
    [`★ ${word(locale, 'command.required')}. ${word(locale, 'command.extra')}`, []],
  ]);
}

function fieldText(field: Field, locale: Locale): string {
  const values = Object.keys(field.choices ?? {});
  const type = word(locale, `type.${field.type}`) + (values.length > 0 ? ` ${values.join(', ')}` : '');
  return `${word(locale, `field.${field.name}`)} (${type}). ${word(locale, 'command.headers')}: ${field.synonyms[locale].join(', ')}`;
}

function reportHelp(spec: ReportSpec, locale: Locale): string {
  return sections([
    [word(locale, `report.${spec.name}.title`), []],
    [
      word(locale, 'command.parameters'),
      spec.parameters.map((parameter) => [
        `--${parameter.name.replaceAll('_', '-')}`,
        [parameter.choices?.join(' | '), parameter.about].filter(Boolean).join('; '),
      ]),
    ],
    [
      word(locale, 'command.columns'),
      spec.columns.map((column) => [column.name, word(locale, `report.${spec.name}.${column.name}`)]),
    ],
  ]);
}

function optionList(options: readonly [string, string][], locale: Locale) {
  return options.map(([option, key]) => [option, word(locale, `option.${key}`)] as const);
}

type Section = readonly [title: string, entries: readonly (readonly [string, string])[]];

function sections(list: readonly Section[]): string {
  return list
    .map(([title, entries]) => {
      const width = Math.max(0, ...entries.map(([name]) => widthOf(name)));
      return [
        title,
        ...entries.map(([name, text]) => `  ${name}${' '.repeat(width - widthOf(name))}  ${text}`),
      ].join('\n');
    })
    .join('\n\n')
    .concat('\n');
}
