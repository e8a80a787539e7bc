import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '#lib/server/project.ts';
import { festivalModel } from '../../src/generate/festivals.ts';

const file = (path: string) => readFileSync(join(projectRoot(), path), 'utf8');

describe('the model of movable festivals', () => {
  it('holds each festival that is compared by distance, each year with the year before', () => {
    const text = festivalModel(
      JSON.stringify({
        festivals: [
          { key: 'new_year', dates: ['2025-01-01', '2026-01-01'] },
          {
            key: 'spring',
            compare_by_distance: { weeks_before: 2, weeks_after: 3 },
            dates: ['2024-02-10', '2025-01-29', '2026-02-17'],
          },
        ],
      }),
    );
    expect(text).toContain(
      "    ('spring', date '2025-01-29', date '2024-02-10', 2, 3),\n    ('spring', date '2026-02-17', date '2025-01-29', 2, 3)\n",
    );
    expect(text).not.toContain('new_year');
  });

  it('refuses what is no calendar, and names that are no keys', () => {
    expect(() => festivalModel('{"festivals": [{"key": "it\'s", "dates": []}]}')).toThrow();
    expect(() => festivalModel('{"festivals": [{"key": "a", "dates": ["2025-02-30"]}]}')).toThrow();
  });

  it.each(['en', 'zh-Hans', 'zh-Hant'])('calls 春节 in %s what the calendar calls it', (locale) => {
    const { festivals } = JSON.parse(file('data/playbooks/calendar-cn.json')) as {
      festivals: { key: string; names: Record<string, string>; compare_by_distance?: unknown }[];
    };
    const words = JSON.parse(file(`src/lib/words/${locale}/reports.json`)) as Record<string, string>;
    for (const { key, names } of festivals.filter((festival) => festival.compare_by_distance))
      expect(words[`festival.${key}`]).toBe(names[locale]);
  });
});
