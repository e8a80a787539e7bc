import { columnDefinition, columnWords } from '#lib/server/figures/words.ts';
import { reachOf } from '#lib/server/reports/audience.ts';
import { specNamed } from '#lib/server/reports/by-name.ts';
import type { ReportSpec } from '#lib/server/reports/spec.ts';
import { reportText } from '#lib/server/reports/texts.ts';
import { reportLink } from '#lib/ui/figure-link.ts';
import { word } from '#lib/words/word.ts';
import { orErrorPage } from '../../refuse.ts';
import type { PageServerLoad } from './$types';

/** One report: what it means, what it takes, what it gives, and the very SQL that runs. */
export const load: PageServerLoad = ({ params: { name }, locals: { asker, locale } }) =>
  orErrorPage(locale, async () => {
    const spec = specNamed(name);
    reachOf(spec, asker.viewer);
    const examples = examplesOf(spec);
    return {
      report: {
        name,
        title: word(locale, `report.${name}.title`),
        about: word(locale, `report.${name}.about`),
        description: [spec.title, spec.description].filter(Boolean).join(' '),
        grain: spec.grain,
        audience: Object.entries(spec.audience).map(([role, extent]) =>
          extent === 'house' ? role : `${role} (${extent})`,
        ),
        parameters: spec.parameters,
        columns: spec.columns.map((column) => ({
          ...column,
          words: columnWords(locale, name, column.name),
          definition: columnDefinition(locale, name, column.name),
        })),
        sql: reportText(name).body.trim(),
        json: reportLink(name, examples),
        csv: reportLink(name, examples, 'csv'),
        xlsx: reportLink(name, examples, 'xlsx'),
        arrow: reportLink(name, examples, 'arrow'),
      },
    };
  });

/** Values for the parameters that have no default, so that the links to the rows lead somewhere. */
function examplesOf({ parameters }: ReportSpec): Record<string, string> {
  const needed = parameters.filter(
    ({ optional, default: given, kind }) => !optional && given === null && kind !== 'filters',
  );
  return Object.fromEntries(
    needed.map(({ name, choices }): [string, string] => [name, choices?.[0] ?? 'store']),
  );
}
