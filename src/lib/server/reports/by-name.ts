import { Refusal } from '#lib/errors/refusal.ts';
import { reportSpecs } from '../reports.gen.ts';
import type { Argument } from '../warehouse/parameters.ts';
import type { Row } from '../warehouse/values.ts';
import type { Answer } from './answer.ts';
import { ask } from './ask.ts';
import type { Asker, AskOptions } from './ask.ts';
import { reachOf } from './audience.ts';
import type { ParameterSpec } from './header.ts';
import { isNumeric, refuseUnknown } from './resolve.ts';
import type { ReportSpec } from './spec.ts';

/** Parameters as a URL or a command line gives them; a name may be written with `-` for `_`. */
export type RawParameters = Readonly<Record<string, string | readonly string[]>>;

/** The report of a name. Throws Refusal unknown_report. */
export function specNamed(name: string): ReportSpec {
  const spec = Object.hasOwn(reportSpecs, name) ? reportSpecs[name] : undefined;
  if (!spec) throw new Refusal('unknown_report', { name });
  return spec;
}

/**
 * Asks a report by its name with parameters as text. Empty text means "not given".
 * Throws Refusal unknown_report, not_your_report before it looks at anything that was asked, and those of `ask`.
 */
export async function askByName(
  asker: Asker,
  name: string,
  raw: RawParameters,
  options: AskOptions = {},
): Promise<Answer<Row>> {
  const spec = specNamed(name);
  reachOf(spec, asker.viewer);
  const named = new Map(Object.entries(raw).map(([key, value]) => [key.replaceAll('-', '_'), value]));
  refuseUnknown(spec, [...named.keys()]);
  const given = spec.parameters.map((parameter): [string, Argument | undefined] => [
    parameter.name,
    argumentOf(parameter, named.get(parameter.name)),
  ]);
  return ask<Row>(asker, spec, Object.fromEntries(given), options);
}

function argumentOf(
  parameter: ParameterSpec,
  raw: string | readonly string[] | undefined,
): Argument | undefined {
  const texts = (typeof raw === 'string' ? [raw] : (raw ?? [])).filter((text) => text !== '');
  if (parameter.type.endsWith('[]')) return texts.length > 0 ? texts : undefined;
  const [text, second] = texts;
  if (text === undefined) return undefined;
  if (second !== undefined)
    throw new Refusal('bad_choice', {
      name: parameter.name,
      value: texts.join(', '),
      choices: (parameter.choices ?? texts).join(', '),
    });
  if (parameter.type === 'boolean') return booleanOf(parameter.name, text);
  return isNumeric(parameter.type) ? numberOf(parameter.name, text) : text;
}

function booleanOf(name: string, text: string): boolean {
  if (text !== 'true' && text !== 'false')
    throw new Refusal('bad_choice', { name, value: text, choices: 'true, false' });
  return text === 'true';
}

function numberOf(name: string, text: string): number {
  const number = Number(text);
  if (!/^[+-]?\d+(\.\d+)?$/.test(text) || !Number.isFinite(number))
    throw new Refusal('bad_number', { name, value: text });
  return number;
}
