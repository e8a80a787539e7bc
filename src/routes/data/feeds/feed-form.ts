/** The times that the form offers; others are written in a feed's file. */
export const times = [
  { name: 'by_hand', schedule: '' },
  { name: 'daily', schedule: '0 6 * * *' },
  { name: 'hourly', schedule: '0 * * * *' },
  { name: 'quarterly', schedule: '*/15 * * * *' },
] as const;

/** A feed as the form describes it; what is left empty is not said. Whether it is one is for the server's contract to say. */
export function feedIn(form: FormData): object {
  const text = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const place = text('place') ?? '';
  const common = { name: text('name') ?? '', table: text('table'), schedule: text('schedule') };
  if (!/^https?:/i.test(place)) return said({ ...common, kind: 'folder', path: place });
  const secret = text('secret');
  return said({
    ...common,
    kind: 'web',
    url: place,
    body: text('body') ?? 'json',
    records: text('records'),
    auth: secret === undefined ? undefined : { kind: 'bearer', secret },
    paging: text('paging') === 'link' ? { kind: 'link' } : undefined,
  });
}

function said(given: Record<string, unknown>): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}
