import { orErrorPage } from '../../../refuse.ts';
import { ownStudio } from '../../own-studio.ts';
import type { RequestHandler } from './$types';

/** What was decided for one kind of files, as a file that can be kept, read and put in again. */
export const GET: RequestHandler = ({ url, locals: { own, locale } }) =>
  orErrorPage(locale, async () => {
    const { source, mapping } = ownStudio(own).app.mappings.get(url.searchParams.get('source') ?? '');
    const name = source.split(/[/\\]/).at(-1) || 'mapping';
    return new Response(`${JSON.stringify(mapping, null, 2)}\n`, {
      headers: {
        'content-type': 'application/json',
        'content-disposition': `attachment; filename*=UTF-8''${encodeURIComponent(name)}.json`,
      },
    });
  });
