import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { generate } from '../../data/sample/generator/generate.ts';
import { SAMPLE_SEED, sampleParameters } from '../../data/sample/generator/parameters.ts';
import { csv } from '../../data/sample/generator/tables.ts';
import { truthOf, truthText } from '../../data/sample/generator/truth.ts';
import { committed, lists, sampleFolder } from './committed.ts';

const tables = generate(sampleParameters, SAMPLE_SEED);

describe('the committed sample', () => {
  it('holds the lists that its generator writes, and no others', () => {
    const files = readdirSync(sampleFolder).filter((name) => name.endsWith('.csv'));
    expect(files.sort()).toEqual(
      Object.keys(tables)
        .map((name) => `${name}.csv`)
        .sort(),
    );
    expect(Object.keys(tables).sort()).toEqual([...lists].sort());
  });

  it.each(lists)('is what its generator draws, byte by byte: %s', (name) => {
    expect(csv(tables[name]!) === committed(`${name}.csv`)).toBe(true);
  });

  it('says the truth that its parameters say', () => {
    expect(committed('truth.json')).toBe(truthText(truthOf(sampleParameters, SAMPLE_SEED)));
  });

  it('stays below 10 MB, and each list below 4.5 MB', () => {
    const sizes = lists.map((name) => Buffer.byteLength(committed(`${name}.csv`)));
    expect(Math.max(...sizes)).toBeLessThan(4_500_000);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(10_000_000);
  });

  it('is another studio under another seed, of the same size within five standard deviations', () => {
    const other = generate(sampleParameters, SAMPLE_SEED + 1);
    expect(csv(other['leads']!)).not.toBe(csv(tables['leads']!));
    const [mine, others] = [tables, other].map((each) => each['leads']!.rows.length) as [number, number];
    expect(Math.abs(mine - others)).toBeLessThan(5 * Math.sqrt(mine + others));
  });
});
