-- What DuckDB and ClickHouse write differently, under the same names (ClickHouse's half).
-- Functions belong to the whole server there: whoever loads this file prefixes every name with product and version.

-- days
create or replace function day_of as (t) -> toDate32(t);
create or replace function week_start as (t) -> toDate32(toStartOfWeek(t, 1));
create or replace function month_start as (t) -> toDate32(toStartOfMonth(t));
create or replace function days_between as (a, b) -> date_diff('day', toDate32(a), toDate32(b));
create or replace function seconds_between as (a, b) -> date_diff('second', a, b);
create or replace function add_days as (d, n) -> toDate32(d) + toIntervalDay(n);
create or replace function add_months as (d, n) -> toDate32(addMonths(toDate32(d), n::Nullable(Int32))); -- the month's last day where it has no such day
create or replace function months_between as (a, b) -> date_diff('month', toDate32(a), toDate32(b)) - toInt64(add_months(a, date_diff('month', toDate32(a), toDate32(b))) > toDate32(b)); -- whole months gone by
create or replace function add_minutes as (t, n) -> t + toIntervalMinute(n);
create or replace function minute_of as (t) -> toStartOfMinute(t);
create or replace function microseconds_of as (t) -> toUnixTimestamp64Micro(t); -- since 1970
create or replace function calendar_no as (unit, first_day, d) -> -- of the period that holds a day, counted from 1970, hours by the first one of the day
  (case unit
    when 'hour' then 24 * date_diff('day', toDate32('1970-01-01'), toDate32(d))
    when 'day' then date_diff('day', toDate32('1970-01-01'), toDate32(d))
    when 'week' then intDiv(date_diff('day', toDate32('1970-01-01'), toDate32(d)) + case when first_day = 'sunday' then 4 else 3 end + 700000, 7) - 100000
    when 'month' then date_diff('month', toDate32('1970-01-01'), toDate32(d))
    when 'quarter' then date_diff('quarter', toDate32('1970-01-01'), toDate32(d))
    when 'year' then date_diff('year', toDate32('1970-01-01'), toDate32(d))
  end)::Nullable(Int64);
create or replace function interval_hours as (unit) ->
  (case unit when 'hour' then 1 when 'day' then 24 when 'week' then 168 when 'month' then 720 when 'quarter' then 2184 when 'year' then 8760 end)::Nullable(Int64);

-- numbers
create or replace function safe_ratio as (a, b) -> a::Float64 / nullif(b::Float64, 0);
create or replace function money as (x) ->
  accurateCastOrNull(sign(x::Float64) * floor(abs(x::Float64) * 100 + 0.5e0), 'Int64')::Decimal(18, 2) / 100;
create or replace function money_per as (x, n) -> -- an amount per one of n, exact halves away from zero
  money(sign(x::Float64) * floor((2 * floor(abs(x::Float64) * 100 + 0.5e0) + n::Float64) / nullif(2 * n::Float64, 0)) / 100);
create or replace function whole as (x) -> accurateCastOrNull(trunc(x::Float64), 'Int64');
create or replace function percentile as (x, p) -> quantileExactInclusive(p)(x::Float64);
create or replace function steady_sum as (x) -> -- of doubles from the smallest on: the same to the last digit, however many threads add
  case when count(x) > 0 then arraySum(arraySort(groupArray(x::Float64))) end;
create or replace function steady_mean as (x) -> case when count(x) > 0 then arraySum(arraySort(groupArray(x::Float64))) / count(x) end;
create or replace function joined as (x, place) -> case when count(x) > 0 then arrayStringConcat(arrayMap(t -> assumeNotNull(t.2), arraySort(t -> assumeNotNull(t.1), groupArrayIf((place, toString(x)), isNotNull(x)))), ' › ') end; -- texts one after the other
create or replace function maybe as (x) -> toNullable(x);
create or replace function row_no as (batch_id, line) -> batch_id * 2147483648 + line; -- of a row among all lists
create or replace function wide_no as (high, low) -> high::Int128 * 9223372036854775808::Int128 + low; -- sorts by high, then by low from 0 on

-- lists and attributes
create or replace function is_in as (list, x) -> has(list, x);
create or replace function shown_segment as (list, s) -> -- where a list says what may be shown, all else is one segment
  case when length(list) = 0 or has(list, coalesce(s, '')) then s else 'too_few' end;
create or replace function fives as (list, x) -> -- where a list says what may be shown, people to the nearest five
  case when length(list) = 0 then x::Nullable(Int64) else whole(floor((x::Float64 + 2) / 5)) * 5 end;
create or replace function attribute_names as (json) -> JSONExtractKeys(coalesce(json, ''));
create or replace function attribute as (json, key) ->
  case
    when not JSONHas(coalesce(json, ''), key) or JSONType(coalesce(json, ''), key) = 'Null' then null
    when JSONType(coalesce(json, ''), key) = 'String' then JSONExtractString(coalesce(json, ''), key)
    else JSONExtractRaw(coalesce(json, ''), key)
  end;
create or replace function object_of as (s) -> case when isValidJSON(coalesce(s, '')) and JSONType(coalesce(s, '')) = 'Object' then s end; -- a text, if it is a JSON object
create or replace function json_items as (json) -> JSONExtractArrayRaw(coalesce(json, '')); -- of an array, each as JSON
create or replace function json_texts as (json) -> JSONExtract(coalesce(json, ''), 'Array(String)'); -- of an array of texts
create or replace function json_names as (json, key) -> arrayMap(item -> JSONExtractString(item, key), JSONExtractArrayRaw(coalesce(json, ''))); -- a text of each object of an array

-- Wilson's 95 % interval of a proportion (Wilson 1927, JASA 22:209). Null unless 0 <= k <= n and n > 0.
create or replace function wilson_low as (k, n) ->
  case
    when n::Float64 > 0 and k::Float64 > 0 and k::Float64 <= n::Float64
      then (k::Float64 + 1.920729410347062e0 - 1.959963984540054e0 * sqrt(k::Float64 * (n::Float64 - k::Float64) / n::Float64 + 0.960364705173531e0))
        / (n::Float64 + 3.841458820694124e0)
    when n::Float64 > 0 and k::Float64 = 0 then 0e0
  end;
create or replace function wilson_high as (k, n) ->
  case
    when n::Float64 > 0 and k::Float64 >= 0 and k::Float64 < n::Float64
      then (k::Float64 + 1.920729410347062e0 + 1.959963984540054e0 * sqrt(k::Float64 * (n::Float64 - k::Float64) / n::Float64 + 0.960364705173531e0))
        / (n::Float64 + 3.841458820694124e0)
    when n::Float64 > 0 and k::Float64 = n::Float64 then 1e0
  end;

-- Newcombe's 95 % interval of the difference k1/n1 - k2/n2 (Newcombe 1998, Statistics in Medicine 17:873, method 10).
create or replace function newcombe_low as (k1, n1, k2, n2) ->
  safe_ratio(k1, n1) - safe_ratio(k2, n2)
    - sqrt(power(safe_ratio(k1, n1) - wilson_low(k1, n1), 2e0) + power(wilson_high(k2, n2) - safe_ratio(k2, n2), 2e0));
create or replace function newcombe_high as (k1, n1, k2, n2) ->
  safe_ratio(k1, n1) - safe_ratio(k2, n2)
    + sqrt(power(wilson_high(k1, n1) - safe_ratio(k1, n1), 2e0) + power(safe_ratio(k2, n2) - wilson_low(k2, n2), 2e0));

-- Student's t, its 97.5 % point, for df >= 4 (Abramowitz & Stegun 1964, Handbook of Mathematical Functions, 26.7.5, five terms:
-- within 0.001). Null below.
create or replace function student_t as (df) ->
  case
    when df::Float64 >= 4
      then 1.959963984540054e0 + (2.372271230298562e0 + (2.8224986157396112e0 + (2.555849679507722e0 + 1.5895340533938225e0 / df::Float64) / df::Float64) / df::Float64) / df::Float64
  end;

-- Between which rates of n units lie by chance alone where p is to be expected, z standard deviations to each side: the
-- limits of a funnel plot (Spiegelhalter 2005, Statistics in Medicine 24:1185).
create or replace function chance_low as (p, n, z) ->
  greatest(p::Float64 - z::Float64 * sqrt(safe_ratio(p::Float64 * (1e0 - p::Float64), n)), 0e0);
create or replace function chance_high as (p, n, z) ->
  least(p::Float64 + z::Float64 * sqrt(safe_ratio(p::Float64 * (1e0 - p::Float64), n)), 1e0);

-- Logarithmic mean, the weight of LMDI-I (Ang 2005, Energy Policy 33:867). Null unless both are positive. Where both lie
-- within 0.2 % of each other their logarithms cancel, so there it is the series of 2 · artanh((a - b) / (a + b)).
create or replace function log_mean as (a, b) ->
  case
    when a::Float64 > 0 and b::Float64 > 0 and abs(a::Float64 - b::Float64) < (a::Float64 + b::Float64) * 0.001e0
      then (a::Float64 + b::Float64) / 2e0
        / (1e0 + power((a::Float64 - b::Float64) / (a::Float64 + b::Float64), 2e0) / 3e0 + power((a::Float64 - b::Float64) / (a::Float64 + b::Float64), 4e0) / 5e0)
    when a::Float64 > 0 and b::Float64 > 0 then (a::Float64 - b::Float64) / (ln(a::Float64) - ln(b::Float64))
  end;

-- text to typed values, staging only
create or replace function to_text as (s) -> nullif(trim(s), '');
create or replace function to_instant as (s) -> nullif(trim(s), '')::DateTime64(6, 'UTC');
create or replace function to_day as (s) -> nullif(trim(s), '')::Date32;
create or replace function to_money as (s) -> nullif(trim(s), '')::Decimal(18, 2);
create or replace function to_whole as (s) -> nullif(trim(s), '')::Int64;
create or replace function to_number as (s) -> toFloat64OrNull(s); -- null for what is none
create or replace function meets as (x, op, texts) -> -- a condition as asked_conditions writes it, null where more or less meets no number
  case op
    when 'is' then has(texts, x)
    when 'is_not' then x is null or not has(texts, x)
    when 'known' then x is not null
    when 'unknown' then x is null
    when 'more' then toFloat64OrNull(x) > toFloat64OrNull(texts[1])
    when 'less' then toFloat64OrNull(x) < toFloat64OrNull(texts[1])
  end;

-- what may be shown of a person: the first character of a name, the ends of a telephone number
create or replace function masked_name as (s) ->
  substringUTF8(s, 1, 1) || case when char_length(s) > 2 then '**' else '*' end;
create or replace function masked_phone as (s) ->
  case when char_length(s) >= 10 then substringUTF8(s, 1, 3) || '****' || substringUTF8(s, -4) else '****' || substringUTF8(s, -2) end;
create or replace function phones_of as (s) -> -- the two to four telephone numbers that a text consists of, as digits, none where it is anything else
  arraySort(arrayDistinct(arrayMap(
    x -> replaceRegexpOne(replaceRegexpAll(x, '[ -]', ''), '^(?:[+]|00)?86(1[3-9][0-9]{9})$', '\\1'),
    case when match(coalesce(s, ''), '^ *(?:(?:(?:[+]|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|0[1-9][0-9]{1,2}-?[0-9]{7,8}|[+][0-9]{8,14})(?:(?:[[:space:]/\x3B,|]|、|；|，|／|　|或|和)+(?:(?:(?:[+]|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|0[1-9][0-9]{1,2}-?[0-9]{7,8}|[+][0-9]{8,14})){1,3} *$') then extractAll(coalesce(s, ''), '(?:(?:[+]|00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|0[1-9][0-9]{1,2}-?[0-9]{7,8}|[+][0-9]{8,14}') else []::Array(String) end
  )));
create or replace function masked_text as (s) -> -- every run of seven or more digits, mobile number and e-mail address
  replaceRegexpAll(s, '1[3-9][0-9][ -][0-9]{4}[ -][0-9]{4}|[0-9]{7,}[Xx]?|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,}', '****');

-- whether a text holds a telephone number (mainland, Taiwan, Hong Kong, with a country's code), e-mail or identity number
create or replace function holds_contact as (s) ->
  match(s, '(^|[^0-9])(([+]?(00)?86[ -]?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}|09[0-9]{2}[ -]?[0-9]{3}[ -]?[0-9]{3}|0[1-9][0-9]{0,2}[ -][0-9]{3,4}[ -]?[0-9]{4}|0[1-9][0-9]{8,10}|[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])[0-9]{3}[0-9Xx])([^0-9]|$)|[+][0-9][0-9 -]{7,}|^[569][0-9]{3}[ -]?[0-9]{4}$|^[A-Z][1289][0-9]{8}$|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+[.][A-Za-z]{2,}');
