/** The path and question of an address of this site, e.g. where a form returns to; anything else leads to `otherwise`. */
export function ownPath(back: FormDataEntryValue | null, origin: string, otherwise = '/'): string {
  if (typeof back !== 'string' || !back.startsWith('/') || !URL.canParse(back, origin)) return otherwise;
  const target = new URL(back, origin);
  const path = target.pathname.replace(/^\/+/, '/');
  return target.origin === origin ? `${path}${target.search}` : otherwise;
}
