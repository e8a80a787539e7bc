import { mayAsk } from '#lib/server/reports/audience.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import { word } from '#lib/words/word.ts';
import type { PageServerLoad } from './$types';

/** All reports that the viewer may ask, with their titles and definitions in the reader's language. */
export const load: PageServerLoad = ({ locals: { asker, locale } }) => ({
  reports: Object.values(reportSpecs)
    .filter((spec) => mayAsk(spec, asker.viewer))
    .map(({ name }) => ({
      name,
      title: word(locale, `report.${name}.title`),
      about: word(locale, `report.${name}.about`),
    })),
});
