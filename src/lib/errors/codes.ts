/** Every refusal: its HTTP status and the parameters that its sentence and remedy may name. */
export const codes = {
  // questions
  unknown_report: { status: 404, params: ['name'] },
  unknown_parameter: { status: 400, params: ['name', 'report', 'known'] },
  missing_parameter: { status: 400, params: ['name', 'report'] },
  bad_date: { status: 400, params: ['name', 'value'] },
  bad_number: { status: 400, params: ['name', 'value'] },
  bad_choice: { status: 400, params: ['name', 'value', 'choices'] },
  bad_filter: { status: 400, params: ['value'] },
  period_in_future: { status: 400, params: ['from', 'last_day'] },
  period_reversed: { status: 400, params: ['from', 'to'] },
  unknown_segment: { status: 400, params: ['name', 'known'] },
  personal_column: { status: 403, params: ['name'] },
  no_data_yet: { status: 409, params: [] },
  // files
  empty_file: { status: 422, params: ['file'] },
  header_only: { status: 422, params: ['file'] },
  no_known_column: { status: 422, params: ['file', 'columns'] },
  two_headers_one_field: { status: 422, params: ['file', 'field', 'headers'] },
  repeated_header: { status: 422, params: ['file', 'header'] },
  ambiguous_table: { status: 422, params: ['file', 'tables'] },
  ambiguous_column: { status: 422, params: ['file', 'header', 'values'] },
  missing_required_column: { status: 422, params: ['file', 'table', 'fields'] },
  not_utf8: { status: 422, params: ['file', 'row'] },
  unclosed_quote: { status: 422, params: ['file', 'row'] },
  count_mismatch: { status: 422, params: ['file', 'counted', 'loaded'] },
  check_failed: { status: 422, params: ['check', 'rows'] },
  file_not_found: { status: 404, params: ['file'] },
  file_unreadable: { status: 400, params: ['file'] },
  upload_too_large: { status: 413, params: ['limit'] },
  upload_broken: { status: 400, params: [] },
  nothing_uploaded: { status: 400, params: [] },
  import_forgotten: { status: 404, params: [] },
  unknown_batch: { status: 404, params: ['batch'] },
  sample_only: { status: 409, params: [] },
  disk_full: { status: 507, params: [] },
  unknown_table: { status: 400, params: ['table', 'tables'] },
  bad_map: { status: 400, params: ['text'] },
  unknown_field_in_map: { status: 400, params: ['field', 'table', 'fields'] },
  unknown_column_in_map: { status: 400, params: ['column', 'file', 'columns'] },
  // the house
  unknown_setting: { status: 400, params: ['name', 'known'] },
  bad_setting: { status: 400, params: ['name', 'value', 'expected'] },
  bad_note: { status: 400, params: ['longest'] },
  unknown_note: { status: 404, params: ['id'] },
  usage: { status: 400, params: ['detail'] },
  not_found: { status: 404, params: [] },
  page_not_found: { status: 404, params: ['path'] },
  address_refused: { status: 400, params: ['host'] },
  port_taken: { status: 409, params: ['port'] },
  bad_port: { status: 400, params: ['value'] },
  host_refused: { status: 421, params: ['host'] },
  starting: { status: 503, params: [] },
  warehouse_busy: { status: 503, params: ['file'] },
  store_unreadable: { status: 500, params: ['file'] },
  query_failed: { status: 500, params: [] },
  query_timeout: { status: 504, params: ['seconds'] },
  query_cancelled: { status: 499, params: [] },
  internal: { status: 500, params: [] },
} as const satisfies Record<string, { status: number; params: readonly string[] }>;

export type Code = keyof typeof codes;

/** The parameters that a code needs, no more and no fewer. */
export type ParamsOf<C extends Code = Code> = {
  readonly [K in (typeof codes)[C]['params'][number]]: string | number;
};
