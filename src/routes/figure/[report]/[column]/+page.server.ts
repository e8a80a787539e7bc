import { askFigure } from '#lib/server/figures/figure.ts';
import { figureAddress } from '#lib/ui/figure-link.ts';
import { orErrorPage } from '../../../refuse.ts';
import type { PageServerLoad } from './$types';

/** One number, opened: what it means, how it was reckoned, and the rows that it counts. */
export const load: PageServerLoad = ({ params, url, locals: { app, asker, locale }, request }) =>
  orErrorPage(locale, async () => {
    const reader = { locale, currency: app.settings.get('currency') };
    const address = figureAddress(params.report, params.column, url.searchParams);
    return { figure: await askFigure(asker, reader, address, { signal: request.signal }) };
  });
