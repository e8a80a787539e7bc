import { Refusal } from '#lib/errors/refusal.ts';
import { chartFile } from '#lib/server/figures/chart-file.ts';
import { askFigure } from '#lib/server/figures/figure.ts';
import { figureAddress } from '#lib/ui/figure-link.ts';
import { refused } from '../../../../api/refused.server.ts';
import type { RequestHandler } from './$types';

/** The chart of a number as an SVG file, in the reader's language and the light theme. */
export const GET: RequestHandler = async ({ params, url, locals: { app, asker, locale }, request }) => {
  try {
    const reader = { locale, currency: app.settings.get('currency') };
    const address = figureAddress(params.report, params.column, url.searchParams);
    const { name, value, scope, chart, report, column } = await askFigure(asker, reader, address, {
      signal: request.signal,
    });
    if (chart === null) throw new Refusal('not_found', {});
    return new Response(chartFile(chart.drawings.wide, `${name} ${value}`, scope.join(' · '), locale), {
      headers: {
        'content-type': 'image/svg+xml; charset=utf-8',
        'content-disposition': `attachment; filename="${report}_${column}.svg"`,
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'",
        'cache-control': 'private, no-cache',
      },
    });
  } catch (error) {
    return refused(error, locale);
  }
};
