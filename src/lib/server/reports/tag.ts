import { createHash } from 'node:crypto';
import type { Viewer } from '#lib/access/viewer.ts';
import type { Answer } from './answer.ts';
import { reachOf } from './audience.ts';
import { specNamed } from './by-name.ts';
import { reportText } from './texts.ts';

/** An entity tag for an answer in a format: the same while data, parameters, what the viewer is given and the report's text are the same. */
export function answerTag(
  { report, params, data_version }: Answer<unknown>,
  format: string,
  viewer: Viewer,
): string {
  const reach = reachOf(specNamed(report), viewer);
  const hash = createHash('sha256').update(JSON.stringify([report, params, data_version, format, reach]));
  return `"${hash.update(reportText(report).body).digest('base64url').slice(0, 27)}"`;
}
