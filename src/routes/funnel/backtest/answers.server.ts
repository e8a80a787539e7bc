import type { Asker } from '#lib/server/reports/ask.ts';
import { dataSpan, forecastBacktest } from '#lib/server/reports.gen.ts';
import type { ForecastBacktestRow } from '#lib/server/reports.gen.ts';
import type { BacktestQuestion } from './question.ts';

/** Every row that the page of past forecasts shows, and what was asked for them. */
export type BacktestAnswers = {
  rows: ForecastBacktestRow[];
  asked: {
    from: string;
    to: string;
    step: BacktestQuestion['step'];
    grain: BacktestQuestion['grain'];
    horizon: number;
    where: string[];
  };
};

/** Asks how good past forecasts were; null while there are no data. Throws the Refusals of `ask`. */
export async function askBacktest(
  asker: Asker,
  { from, to, step, grain, horizon, where }: BacktestQuestion,
  signal: AbortSignal,
): Promise<BacktestAnswers | null> {
  const options = { signal };
  const [span] = (await dataSpan(asker, {}, options)).rows;
  if (!span?.first_day || !span.last_day) return null;
  const asked = {
    from: from ?? span.first_day,
    to: to ?? span.last_day,
    step,
    grain,
    horizon: Number(horizon),
    where,
  };
  const { rows } = await forecastBacktest(asker, asked, options);
  return { rows, asked };
}
