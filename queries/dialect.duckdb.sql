-- What DuckDB and ClickHouse write differently, under the same names (DuckDB's half).
-- Models and reports use these names only; a new one needs its twin in dialect.clickhouse.sql and a two-engine case.

-- days
create or replace macro day_of(t) as t::date;
create or replace macro week_start(t) as date_trunc('week', t)::date;
create or replace macro month_start(t) as date_trunc('month', t)::date;
create or replace macro days_between(a, b) as date_diff('day', a::date, b::date);
create or replace macro seconds_between(a, b) as date_diff('second', a, b);
create or replace macro add_days(d, n) as d::date + n::int;
create or replace macro add_months(d, n) as (d::date + to_months(n::int))::date; -- the month's last day where it has no such day
create or replace macro months_between(a, b) as date_diff('month', a::date, b::date) - (add_months(a, date_diff('month', a::date, b::date)) > b::date)::int; -- whole months gone by
create or replace macro add_minutes(t, n) as t + to_minutes(n::bigint);
create or replace macro minute_of(t) as date_trunc('minute', t);
create or replace macro microseconds_of(t) as epoch_us(t); -- since 1970
create or replace macro calendar_no(unit, first_day, d) as -- of the period that holds a day, counted from 1970, hours by the first one of the day
  case unit
    when 'hour' then 24 * date_diff('day', date '1970-01-01', d::date)
    when 'day' then date_diff('day', date '1970-01-01', d::date)
    when 'week' then (date_diff('day', date '1970-01-01', d::date) + case when first_day = 'sunday' then 4 else 3 end + 700000) // 7 - 100000
    when 'month' then date_diff('month', date '1970-01-01', d::date)
    when 'quarter' then date_diff('quarter', date '1970-01-01', d::date)
    when 'year' then date_diff('year', date '1970-01-01', d::date)
  end::bigint;
create or replace macro interval_hours(unit) as
  case unit when 'hour' then 1 when 'day' then 24 when 'week' then 168 when 'month' then 720 when 'quarter' then 2184 when 'year' then 8760 end::bigint;

-- numbers
create or replace macro safe_ratio(a, b) as a::double / nullif(b::double, 0);
create or replace macro money(x) as
  ((sign(x::double) * floor(abs(x::double) * 100 + 0.5e0))::bigint::decimal(16,0) * 0.01)::decimal(18,2);
create or replace macro money_per(x, n) as -- an amount per one of n, exact halves away from zero
  money(sign(x::double) * floor((2 * floor(abs(x::double) * 100 + 0.5e0) + n::double) / nullif(2 * n::double, 0)) / 100);
create or replace macro whole(x) as trunc(x::double)::bigint;
create or replace macro percentile(x, p) as quantile_cont(x::double, p);
create or replace macro steady_sum(x) as list_sum(list_sort(list(x::double))); -- of doubles from the smallest on: the same to the last digit, however many threads add
create or replace macro steady_mean(x) as list_sum(list_sort(list(x::double))) / nullif(count(x), 0);
create or replace macro joined(x, place) as string_agg(x::varchar, ' › ' order by place::bigint); -- texts one after the other
create or replace macro maybe(x) as x;
create or replace macro row_no(batch_id, line) as batch_id * 2147483648 + line; -- of a row among all lists
create or replace macro wide_no(high, low) as high::hugeint * 9223372036854775808::hugeint + low; -- sorts by high, then by low from 0 on

-- lists and attributes
create or replace macro is_in(list, x) as list_contains(list, x);
create or replace macro shown_segment(list, s) as -- where a list says what may be shown, all else is one segment
  case when length(list) = 0 or list_contains(list, coalesce(s, '')) then s else 'too_few' end;
create or replace macro fives(list, x) as -- where a list says what may be shown, people to the nearest five
  case when length(list) = 0 then x::bigint else whole(floor((x::double + 2) / 5)) * 5 end;
create or replace macro attribute_names(json) as json_keys(json);
create or replace macro attribute(json, key) as
  json->>('/' || replace(replace(key, '~', '~0'), '/', '~1'));
create or replace macro object_of(s) as case when json_valid(s) and json_type(s) = 'OBJECT' then s end; -- a text, if it is a JSON object
create or replace macro json_items(json) as json_extract(json, '$[*]')::varchar[]; -- of an array, each as JSON
create or replace macro json_texts(json) as json_extract_string(json, '$[*]'); -- of an array of texts
create or replace macro json_names(json, key) as json_extract_string(json, '$[*].' || key); -- a text of each object of an array

-- Wilson's 95 % interval of a proportion (Wilson 1927, JASA 22:209). Null unless 0 <= k <= n and n > 0.
create or replace macro wilson_low(k, n) as
  case
    when n::double > 0 and k::double > 0 and k::double <= n::double
      then (k::double + 1.920729410347062e0 - 1.959963984540054e0 * sqrt(k::double * (n::double - k::double) / n::double + 0.960364705173531e0))
        / (n::double + 3.841458820694124e0)
    when n::double > 0 and k::double = 0 then 0e0
  end;
create or replace macro wilson_high(k, n) as
  case
    when n::double > 0 and k::double >= 0 and k::double < n::double
      then (k::double + 1.920729410347062e0 + 1.959963984540054e0 * sqrt(k::double * (n::double - k::double) / n::double + 0.960364705173531e0))
        / (n::double + 3.841458820694124e0)
    when n::double > 0 and k::double = n::double then 1e0
  end;

-- Newcombe's 95 % interval of the difference k1/n1 - k2/n2 (Newcombe 1998, Statistics in Medicine 17:873, method 10).
create or replace macro newcombe_low(k1, n1, k2, n2) as
  safe_ratio(k1, n1) - safe_ratio(k2, n2)
    - sqrt(power(safe_ratio(k1, n1) - wilson_low(k1, n1), 2e0) + power(wilson_high(k2, n2) - safe_ratio(k2, n2), 2e0));
create or replace macro newcombe_high(k1, n1, k2, n2) as
  safe_ratio(k1, n1) - safe_ratio(k2, n2)
    + sqrt(power(wilson_high(k1, n1) - safe_ratio(k1, n1), 2e0) + power(safe_ratio(k2, n2) - wilson_low(k2, n2), 2e0));

-- Student's t, its 97.5 % point, for df >= 4 (Abramowitz & Stegun 1964, Handbook of Mathematical Functions, 26.7.5, five terms:
-- within 0.001). Null below.
create or replace macro student_t(df) as
  case
    when df::double >= 4
      then 1.959963984540054e0 + (2.372271230298562e0 + (2.8224986157396112e0 + (2.555849679507722e0 + 1.5895340533938225e0 / df::double) / df::double) / df::double) / df::double
  end;

-- Between which rates of n units lie by chance alone where p is to be expected, z standard deviations to each side: the
-- limits of a funnel plot (Spiegelhalter 2005, Statistics in Medicine 24:1185).
create or replace macro chance_low(p, n, z) as greatest(p::double - z::double * sqrt(safe_ratio(p::double * (1e0 - p::double), n)), 0e0);
create or replace macro chance_high(p, n, z) as least(p::double + z::double * sqrt(safe_ratio(p::double * (1e0 - p::double), n)), 1e0);

-- Logarithmic mean, the weight of LMDI-I (Ang 2005, Energy Policy 33:867). Null unless both are positive. Where both lie
-- within 0.2 % of each other their logarithms cancel, so there it is the series of 2 · artanh((a - b) / (a + b)).
create or replace macro log_mean(a, b) as
  case
    when a::double > 0 and b::double > 0 and abs(a::double - b::double) < (a::double + b::double) * 0.001e0
      then (a::double + b::double) / 2e0
        / (1e0 + power((a::double - b::double) / (a::double + b::double), 2e0) / 3e0 + power((a::double - b::double) / (a::double + b::double), 4e0) / 5e0)
    when a::double > 0 and b::double > 0 then (a::double - b::double) / (ln(a::double) - ln(b::double))
  end;

-- text to typed values, staging only
create or replace macro to_text(s) as nullif(trim(s), '');
create or replace macro to_instant(s) as nullif(trim(s), '')::timestamp;
create or replace macro to_day(s) as nullif(trim(s), '')::date;
create or replace macro to_money(s) as nullif(trim(s), '')::decimal(18,2);
create or replace macro to_whole(s) as nullif(trim(s), '')::bigint;
create or replace macro to_number(s) as try_cast(s as double); -- null for what is none
create or replace macro meets(x, op, texts) as -- a condition as asked_conditions writes it, null where more or less meets no number
  case op
    when 'is' then list_contains(texts, x)
    when 'is_not' then x is null or not list_contains(texts, x)
    when 'known' then x is not null
    when 'unknown' then x is null
    when 'more' then try_cast(x as double) > try_cast(texts[1] as double)
    when 'less' then try_cast(x as double) < try_cast(texts[1] as double)
  end;

-- what may be shown of a person: the first character of a name, the ends of a telephone number
create or replace macro masked_name(s) as
  substring(s, 1, 1) || case when length(s) > 2 then '**' else '*' end;
create or replace macro masked_phone(s) as
  case when length(s) >= 10 then substring(s, 1, 3) || '****' || substring(s, -4) else '****' || substring(s, -2) end;
create or replace macro phones_of(s) as -- the two to four telephone numbers that a text consists of, as digits, none where it is anything else
  case
    when regexp_matches(s, '^ *(?:(?:(?:[+]|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|0[1-9][0-9]{1,2}-?[0-9]{7,8}|[+][0-9]{8,14})(?:(?:[[:space:]/\x3B,|]|、|；|，|／|　|或|和)+(?:(?:(?:[+]|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|0[1-9][0-9]{1,2}-?[0-9]{7,8}|[+][0-9]{8,14})){1,3} *$')
      then list_sort(list_distinct(list_transform(
        regexp_extract_all(s, '(?:(?:[+]|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|0[1-9][0-9]{1,2}-?[0-9]{7,8}|[+][0-9]{8,14}'),
        lambda x: regexp_replace(regexp_replace(x, '[ -]', '', 'g'), '^(?:[+]|00)?86(1[3-9][0-9]{9})$', '\1')
      )))
    else []::varchar[]
  end;
create or replace macro masked_text(s) as -- every run of seven or more digits, mobile number and e-mail address
  regexp_replace(s, '1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}|[0-9]{7,}[Xx]?|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,}', '****', 'g');

-- whether a text holds a telephone number (mainland, Taiwan, Hong Kong, with a country's code), e-mail or identity number
create or replace macro holds_contact(s) as
  regexp_matches(s, '(^|[^0-9])(([+]?(00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|0[1-9][0-9]{0,2}[ -][0-9]{3,4}[ -]?[0-9]{4}|0[1-9][0-9]{8,10}|[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx])([^0-9]|$)|[+][0-9][0-9 -]{7,}|^[569][0-9]{3}[ -]?[0-9]{4}$|^[A-Z][1289][0-9]{8}$|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,}');
