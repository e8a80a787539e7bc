import type { RequestHandler } from './$types';
import { askByName } from '#lib/server/reports/by-name.ts';
import type { RawParameters } from '#lib/server/reports/by-name.ts';
import { answerIn, formatWanted } from '#lib/server/reports/formats.ts';
import { answerTag } from '#lib/server/reports/tag.ts';
import { refused } from '../../refused.server.ts';

/**
 * A report as JSON, or as CSV, a workbook or an Arrow stream by `format=` or the header Accept; 304 while neither data nor
 * definition have changed.
 */
export const GET: RequestHandler = async ({ params: { name }, url, request, locals }) => {
  try {
    const format = formatWanted(url.searchParams.get('format'), request.headers.get('accept'));
    const answer = await askByName(locals.asker, name, parametersIn(url), { signal: request.signal });
    const etag = answerTag(answer, format, locals.asker.viewer);
    const caching = { etag, 'cache-control': 'private, no-cache', vary: 'accept' };
    if (request.headers.get('if-none-match') === etag)
      return new Response(null, { status: 304, headers: caching });
    const { body, headers } = await answerIn(format, answer);
    return new Response(body as BodyInit, { headers: { ...headers, ...caching } });
  } catch (error) {
    return refused(error, locals.locale);
  }
};

function parametersIn({ searchParams }: URL): RawParameters {
  const names = [...new Set(searchParams.keys())].filter((name) => name !== 'format');
  return Object.fromEntries(names.map((name) => [name, searchParams.getAll(name)]));
}
