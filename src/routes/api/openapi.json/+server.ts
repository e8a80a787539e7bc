import { openApiDocument } from '#lib/server/openapi/document.ts';
import type { RequestHandler } from './$types';

/** What this server takes and answers, as an OpenAPI document. */
export const GET: RequestHandler = ({ url }) => Response.json(openApiDocument(url.origin));
