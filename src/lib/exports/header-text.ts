/**
 * The form in which headers are compared: compatibility forms unified (full-width letters and digits become plain
 * ones), lower case, without byte-order mark, spaces, underscores, hyphens, dots and marks of required fields.
 */
export function headerKey(header: string): string {
  return header
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_\-.·:*★☆\u200b\ufeff]/gu, '');
}

/** The same without a remark in brackets at its end, such as the unit in 金额（元）. */
export function headerKeyWithoutRemark(header: string): string {
  return headerKey(header.normalize('NFKC').replace(/[([【].*$/u, ''));
}
