import { asOwner } from '#lib/server/reports/audience.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askFunnel } from '../../src/routes/funnel/answers.server.ts';
import { questionIn as funnelQuestion } from '../../src/routes/funnel/question.ts';
import { askMe } from '../../src/routes/me/answers.server.ts';
import { askTeam } from '../../src/routes/team/answers.server.ts';
import { questionIn as teamQuestion } from '../../src/routes/team/question.ts';
import { askUpsells } from '../../src/routes/upsells/answers.server.ts';
import { questionIn as upsellsQuestion } from '../../src/routes/upsells/question.ts';
import { askWeek } from '../../src/routes/week/answers.server.ts';
import { questionIn as weekQuestion } from '../../src/routes/week/question.ts';
import { bringInto } from '../lib/server/import/bring.ts';
import { studioFolder } from '../lib/server/import/studio-folder.ts';
import type { StudioFolder } from '../lib/server/import/studio-folder.ts';

let studio: StudioFolder;
beforeAll(async () => {
  studio = await studioFolder();
  await bringInto(studio, 'lead_id,created_at\nL1,2026-11-16\nL2,2026-11-17\n', {}, 'leads.csv');
});
afterAll(() => studio.close());

const nothing = new URLSearchParams();
const { signal } = new AbortController();

/** Somebody whose first list reaches over two days of a week that still runs opens the pages. */
describe('before any week is complete', () => {
  test('Week shows the running one', async () => {
    const answers = await askWeek(asOwner(studio.app), weekQuestion(nothing), signal);
    expect(answers).toMatchObject({ week: '2026-11-16', lastWeek: null, newestWeek: '2026-11-16' });
    expect(answers?.funnel.find(({ step_no }) => step_no === 2)?.people).toBe(2);
  });

  test('Funnel and Upsells show what there is', async () => {
    expect(await askFunnel(asOwner(studio.app), funnelQuestion(nothing), signal)).not.toBeNull();
    expect(await askUpsells(asOwner(studio.app), upsellsQuestion(nothing), signal)).not.toBeNull();
  });

  test('Team and Me have nobody to speak of, and say so', async () => {
    const team = await askTeam(asOwner(studio.app), teamQuestion(nothing), signal);
    expect(team).toMatchObject({ compared: { people: [], limits: [] }, stores: [] });
    const me = await askMe(asOwner(studio.app), { span: 'week', staff: 'S1' }, signal);
    expect(me).toMatchObject({ person: null, figures: [], comparisons: [], targets: [] });
  });
});
