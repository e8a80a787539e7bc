import type { ColumnSpec, ParameterSpec } from '#lib/server/reports/header.ts';

/** The TypeScript type of a value of an SQL type, as the warehouse hands it out. */
export function typeOf(sqlType: string): string {
  if (sqlType.endsWith('[]')) return `readonly ${typeOf(sqlType.slice(0, -2))}[]`;
  if (sqlType === 'boolean') return 'boolean';
  if (sqlType === 'json') return 'Readonly<Record<string, number>>';
  return ['int', 'integer', 'bigint', 'double'].includes(sqlType) ? 'number' : 'string';
}

/** `time_to_step` → `timeToStep`. */
export function camelCase(name: string): string {
  return name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** `time_to_step` → `TimeToStep`. */
export function pascalCase(name: string): string {
  const camel = camelCase(name);
  return camel.charAt(0).toUpperCase() + camel.slice(1);
}

/** `fairComparison` → `fair-comparison`. */
export function kebabCase(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** A member of a parameters type, with its meaning above it. */
export function parameterMember({
  name,
  type,
  kind,
  choices,
  optional,
  default: preset,
  about,
}: ParameterSpec): string {
  const value =
    choices && kind === 'plain' ? choices.map((choice) => `'${choice}'`).join(' | ') : typeOf(type);
  const mayMiss = optional || preset !== null || type.endsWith('[]');
  const notes = [about, preset === null ? '' : `; default ${preset}`].join('');
  return `  /** ${notes} */\n  ${name}${mayMiss ? '?' : ''}: ${value}${optional ? ' | null' : ''}${mayMiss ? ' | undefined' : ''};`;
}

/** A member of a row type, with its meaning above it. */
export function columnMember({ name, type, notNull, about }: ColumnSpec): string {
  return `  /** ${about} (${type}) */\n  ${name}: ${typeOf(type)}${notNull ? '' : ' | null'};`;
}

/** Any plain data as a TypeScript literal. */
export function literal(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value === 'object' && value !== null)
    return `{ ${Object.entries(value)
      .map(([key, entry]) => `${key}: ${literal(entry)}`)
      .join(', ')} }`;
  return JSON.stringify(value);
}
