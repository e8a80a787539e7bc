import { codes } from './codes.ts';
import type { Code, ParamsOf } from './codes.ts';

/**
 * A refusal a person can act on: a stable code, the values its sentence needs, and an HTTP status.
 * Its sentence and remedy are words (`error.CODE`, `remedy.CODE`) and are looked up by `explain`.
 * `message` is only for logs.
 */
export class Refusal<C extends Code = Code> extends Error {
  readonly code: C;
  readonly params: Readonly<Record<string, string | number>>;
  readonly status: number;

  constructor(code: C, params: ParamsOf<C>, cause?: unknown) {
    super(`${code} ${JSON.stringify(params)}`, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.code = code;
    this.params = params;
    this.status = codes[code].status;
  }
}
