import { reportSpecs } from '#lib/server/reports.gen.ts';

/** Every report with what its header says: title, grain, audience, parameters, columns. */
export function GET(): Response {
  const reports = Object.values(reportSpecs).map(
    ({ name, title, description, grain, audience, parameters, columns }) => ({
      name,
      title,
      description,
      grain,
      audience,
      params: parameters,
      columns,
    }),
  );
  return Response.json({ reports });
}
