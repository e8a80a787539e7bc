import type { RequestHandler } from './$types';
import { mayAsk } from '#lib/server/reports/audience.ts';
import { reportSpecs } from '#lib/server/reports.gen.ts';

/** Every report that the viewer may ask, with what its header says: title, grain, audience, parameters, columns. */
export const GET: RequestHandler = ({ locals: { asker } }) => {
  const reports = Object.values(reportSpecs)
    .filter((spec) => mayAsk(spec, asker.viewer))
    .map(({ name, title, description, grain, audience, parameters, columns }) => ({
      name,
      title,
      description,
      grain,
      audience,
      params: parameters,
      columns,
    }));
  return Response.json({ reports });
};
