import { request } from 'node:http';

/** The status of a plain request with headers that a browser would not let a page set. */
export function statusFor(address: string, headers: Record<string, string>): Promise<number> {
  return new Promise((done, fail) => {
    request(address, { headers }, (response) => {
      response.resume();
      done(response.statusCode ?? 0);
    })
      .once('error', fail)
      .end();
  });
}
