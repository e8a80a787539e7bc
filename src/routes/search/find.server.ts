import type { Viewer } from '#lib/access/viewer.ts';
import { mayAsk } from '#lib/server/reports/audience.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';
import type { Locale } from '#lib/words/locale.ts';
import { word } from '#lib/words/word.ts';
import { glossary } from '../glossary/terms.server.ts';

/** What was found: where it stands, its title, its own name, and what it is about. */
export type Found = { href: string; title: string; name: string; about: string };

/** Reports and words of the glossary that hold every word of `wanted`, in any spelling of case; all reports that the viewer may ask for nothing. */
export function find(locale: Locale, viewer: Viewer, wanted: string): { reports: Found[]; terms: Found[] } {
  const parts = wanted.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const holds = (text: string) => parts.every((part) => text.toLocaleLowerCase().includes(part));
  return {
    reports: reports(locale, viewer)
      .filter(({ found, columns }) => holds([found.title, found.name, found.about, columns].join(' ')))
      .map(({ found }) => found),
    terms:
      parts.length === 0
        ? []
        : terms(locale).filter(({ title, name, about }) => holds(`${title} ${name} ${about}`)),
  };
}

function reports(locale: Locale, viewer: Viewer): { found: Found; columns: string }[] {
  const specs = Object.values(reportSpecs).filter((spec) => mayAsk(spec, viewer));
  return specs.map(({ name, columns }) => ({
    found: {
      href: `/reports/${name}`,
      title: word(locale, `report.${name}.title`),
      name,
      about: word(locale, `report.${name}.about`),
    },
    columns: columns
      .map((column) => `${column.name} ${word(locale, `report.${name}.${column.name}`)}`)
      .join(' '),
  }));
}

function terms(locale: Locale): Found[] {
  return glossary(locale).flatMap((group) =>
    group.terms.map(({ id, sign, name, others, text }) => ({
      href: `/glossary#${id}`,
      title: sign === '' ? name : `${sign} ${name}`,
      name: others.join(' · '),
      about: text,
    })),
  );
}
