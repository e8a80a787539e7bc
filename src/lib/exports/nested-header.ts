/** What programs put around all fields of a record. */
const envelopes = new Set(['attributes', 'fields', 'properties', 'record']);

/** A path into an object, as JSON is flattened: names without blanks, divided by dots. */
const PATH = /^[\p{L}\d_-]+(?:\.[\p{L}\d_-]+)+$/u;

/** Ends of a path that say nothing without what stands before them: the name of an owner is not that of a customer. */
const vague = new Set(
  (
    'id no number code key name names title type kind category status state level tier grade amount total price value ' +
    'revenue cost costs date time at on start end result outcome reason purpose score question role ' +
    '编号 名称 姓名 类型 类别 状态 金额 价格 时间 日期 结果 原因'
  ).split(' '),
);

/** Headers without the envelope of a record (`fields.phone`), where taking it off does not make two the same. */
export function withoutEnvelope(headers: readonly string[]): string[] {
  const bare = headers.map((header) => {
    const [first = '', ...rest] = PATH.test(header) ? header.split('.') : [];
    return envelopes.has(first.toLowerCase()) ? rest.join('.') : header;
  });
  return headers.map((header, at) => {
    const own = bare[at] ?? header;
    return bare.indexOf(own) === bare.lastIndexOf(own) ? own : header;
  });
}

/** Ends of a path that may name a field, the longest first: of `source.campaign.id` `campaign.id`. */
export function endsOf(header: string): string[] {
  if (!PATH.test(header)) return [];
  const names = header.split('.');
  return names
    .slice(1)
    .map((_, at) => names.slice(at + 1))
    .filter((end) => end.length > 1 || !vague.has((end[0] ?? '').toLowerCase()))
    .map((end) => end.join('.'));
}
