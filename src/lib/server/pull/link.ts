/** The target of `rel="next"` in a header Link (RFC 8288), undefined where there is none. */
export function linkNext(header: string | undefined): string | undefined {
  for (const [, target, parameters = ''] of (header ?? '').matchAll(/<([^<>]*)>((?:\s*;[^,<]*)*)/g)) {
    const [, relation = ''] = /;\s*rel\s*=\s*"?([^";]*)"?/i.exec(parameters) ?? [];
    if (relation.toLowerCase().split(/\s+/).includes('next')) return target;
  }
  return undefined;
}
