/** For answers that are no page: text in our colours at the most. */
const BARE =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** Two years. */
const HSTS = 'max-age=63072000';

/**
 * Headers of every answer: nobody frames the pages, guesses a type, learns from a link which page was open, holds a window
 * of ours, or uses a camera through us; nothing is kept between us and the reader; and what brings no policy of its own, an
 * error or a file, runs and loads nothing. Where people open the pages over TLS, they never do so without it again. What a
 * page may load stands in svelte.config.js.
 */
export function guardsFor(origin: string | undefined): Record<string, string> {
  return {
    'content-security-policy': BARE,
    'cache-control': 'private, no-cache',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    ...(origin?.startsWith('https:') && { 'strict-transport-security': HSTS }),
  };
}
