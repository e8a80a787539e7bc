/**
 * How the records of a list are written into the folder, as options of `copy`: for a file that DuckDB reads once, soon, a
 * dictionary of all names and numbers is not worth making; one of few values is.
 */
export const STAGED_AS = 'format parquet, parquet_version v2, compression lz4, dictionary_size_limit 1000';
