-- What is odd about the rows of one batch, by kind. No row is rejected for it; each can be looked at in finding_rows.
-- Only rows that count now: what a later list has mended is gone from here, and so is a missing lead once its list is in.
-- grain: kind_no, table_name, column_name
-- audience: owner
-- uses: batch_findings
-- rows rows, names: finding_rows
-- param batch bigint: number of the batch
-- column kind_no bigint not null: order of the kinds
-- column kind varchar not null: emptied (the row that stood before said something for which the file has no column), unknown_lead, unknown_order, unknown_customer, unknown_staff, unknown_campaign, before_lead (a visit or order), before_order (an upsell), after_import or several_phones (two to four telephones in one cell, taken for one household's)
-- column table_name varchar not null: list of the rows
-- column column_name varchar: of emptied the field or unknown column that became empty, or its default; of several_phones the field
-- column rows bigint not null: rows that are odd in this way
-- column names bigint not null: different leads, orders, people or campaigns that they name; of emptied and several_phones 0
select
  f.kind_no::bigint as kind_no,
  f.kind::varchar as kind,
  f.table_name::varchar as table_name,
  f.column_name::varchar as column_name,
  count(distinct f.line)::bigint as rows,
  count(distinct f.refers_to)::bigint as names
from batch_findings f
group by f.kind_no, f.kind, f.table_name, f.column_name
order by f.kind_no, f.table_name, rows desc, f.column_name
