import { reportSpecs } from '#lib/server/reports.gen.ts';
import { word } from '#lib/words/word.ts';
import type { PageServerLoad } from './$types';

/** All reports, with their titles and definitions in the reader's language. */
export const load: PageServerLoad = ({ locals: { locale } }) => ({
  reports: Object.keys(reportSpecs).map((name) => ({
    name,
    title: word(locale, `report.${name}.title`),
    about: word(locale, `report.${name}.about`),
  })),
});
