import { createHash } from 'node:crypto';
import type { Answer } from './answer.ts';
import { reportText } from './texts.ts';

/** An entity tag for an answer in a format: the same while data, parameters and the report's text are the same. */
export function answerTag({ report, params, data_version }: Answer<unknown>, format: string): string {
  const hash = createHash('sha256').update(JSON.stringify([report, params, data_version, format]));
  return `"${hash.update(reportText(report).body).digest('base64url').slice(0, 27)}"`;
}
