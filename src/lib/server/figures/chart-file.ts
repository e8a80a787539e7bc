import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Drawing } from '#lib/charts/draw.ts';
import type { Locale } from '#lib/words/locale.ts';
import { projectRoot } from '../project.ts';

const MARGIN = 24;
const HEAD = 56;
const FACES: Record<Locale, string> = { en: 'latin', 'zh-Hans': 'hans', 'zh-Hant': 'hant' };

let tokens: ReadonlyMap<string, string> | undefined;

/**
 * A drawing as a file of its own: on paper, under its title and a second line, with the light theme's colours and the
 * reader's type face written in, so that it looks the same wherever it is opened.
 */
export function chartFile(
  { svg, width, height }: Drawing,
  title: string,
  line: string,
  locale: Locale,
): string {
  const known = lightTokens();
  const face = known.get(FACES[locale]) ?? 'sans-serif';
  const [whole, tall] = [width + 2 * MARGIN, height + HEAD + 2 * MARGIN];
  const inner = svg.replace(
    /^<svg [^>]*?(viewBox="[^"]*")?[^>]*>/,
    `<svg x="${MARGIN}" y="${MARGIN + HEAD}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
  );
  const file = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${whole}" height="${tall}" viewBox="0 0 ${whole} ${tall}" font-family="${attribute(face)}">`,
    `<title>${text(title)}</title>`,
    `<rect width="${whole}" height="${tall}" fill="var(--paper)"/>`,
    `<text x="${MARGIN}" y="${MARGIN + 20}" font-size="20" font-weight="600" fill="var(--ink)">${text(title)}</text>`,
    `<text x="${MARGIN}" y="${MARGIN + 42}" font-size="12" fill="var(--ink-2)">${text(line)}</text>`,
    inner,
    '</svg>',
  ].join('\n');
  return file
    .replace(/var\(--([\w-]+)\)/g, (_, name: string) => known.get(name) ?? 'currentColor')
    .replace(/font-family:\s*inherit;?/g, '');
}

/** The colours and faces of the page's own style sheet, as the light theme has them. */
function lightTokens(): ReadonlyMap<string, string> {
  if (tokens) return tokens;
  const sheet = readFileSync(join(projectRoot(), 'src/lib/ui/tokens.css'), 'utf8');
  const [first = ''] = sheet.match(/:root \{[^}]*\}/) ?? [];
  const pairs = [...first.matchAll(/--([\w-]+):\s*(?:light-dark\(([^,]+),[^)]*\)|([^;]+));/g)];
  tokens = new Map(pairs.map(([, name = '', light, plain = '']) => [name, (light ?? plain).trim()]));
  return tokens;
}

function text(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function attribute(words: string): string {
  return text(words).replaceAll('"', "'");
}
