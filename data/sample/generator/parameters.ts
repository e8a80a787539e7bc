import { everybody, type Member } from './staff.ts';
import type { Channel, Store } from './studio.ts';

/** What one channel brings: its share of leads, and what it adds to the log-odds of both steps. */
export type ChannelParameters = { share: number; active: number; bought: number };
export type StoreParameters = { share: number; active: number; bought: number };

/** A trial: whole weeks in which each lead is given one of two variants by a fair coin. */
export type Trial = {
  id: string;
  name: string;
  metric: 'active' | 'bought';
  hypothesis: string;
  from: string;
  to: string;
  /** Log-odds the tried variant adds to the metric. */
  effect: number;
};

/** A delay in days: log-normal below a cut, before weekends and closed days move what was planned. */
export type Delay = { median: number; sigma: number; cut: number };

/** Everything the studio's figures come from. Effects are differences of log-odds. */
export type Parameters = {
  first_day: string;
  last_day: string;
  /** Leads a week before growth, season, festivals and wobble. */
  leads_a_week: number;
  growth_a_year: number;
  /** Spread of the logarithm of a week's leads that no season explains, and where that spread comes from. */
  wobble: { sigma: number; seed: number };
  spring_festivals: string[];
  /** Factor of leads in the week so many weeks from the week of 春节. */
  festival_factor: Record<string, number>;
  /** January … December: factor of leads, and what the season adds to both log-odds. */
  month_factor: number[];
  month_active: number[];
  month_bought: number[];
  /** Monday … Sunday. */
  weekday_factor: number[];
  base_active: number;
  base_bought: number;
  channels: Record<Channel, ChannelParameters>;
  /** Factor of the share of 婚博会 in weeks with a fair, and outside them. */
  fair: { months: number[]; during: number; otherwise: number };
  stores: Record<Store, StoreParameters>;
  staff: Member[];
  trials: Trial[];
  delays: { visit: Delay; order: Delay; order_same_day: number };
  phone_order_share: number;
  gap: { store: Store; from: string; to: string };
  horizon_days: number;
};

/** The seed of the committed lists. */
export const SAMPLE_SEED = 20261025;

/** The sample studio: a wedding-photo chain, three years up to a Sunday. */
export const sampleParameters: Parameters = {
  first_day: '2023-10-26',
  last_day: '2026-10-25',
  leads_a_week: 145,
  growth_a_year: 0.06,
  wobble: { sigma: 0.09, seed: 7 },
  spring_festivals: ['2024-02-10', '2025-01-29', '2026-02-17'],
  festival_factor: { '-2': 0.85, '-1': 0.6, '0': 0.32, '1': 0.62, '2': 0.95, '3': 1.12 },
  month_factor: [0.9, 0.95, 1.12, 1.14, 1.2, 0.98, 0.84, 0.9, 1.12, 1.2, 1.02, 0.88],
  month_active: [-0.1, -0.05, 0.08, 0.1, 0.14, 0, -0.14, -0.1, 0.06, 0.1, 0, -0.08],
  month_bought: [0.08, 0, 0.06, 0.04, 0.1, 0, -0.08, -0.04, 0.05, 0.08, 0, 0.02],
  weekday_factor: [0.8, 0.78, 0.82, 0.9, 1.05, 1.4, 1.35],
  base_active: -0.3,
  base_bought: -0.42,
  channels: {
    小红书: { share: 0.24, active: 0.05, bought: 0.1 },
    大众点评: { share: 0.2, active: 0.25, bought: 0.15 },
    抖音: { share: 0.2, active: -0.55, bought: -0.3 },
    婚博会: { share: 0.1, active: -0.1, bought: 0 },
    传单: { share: 0.06, active: -0.9, bought: -0.45 },
    转介绍: { share: 0.12, active: 0.8, bought: 0.6 },
    自然进店: { share: 0.08, active: 1.6, bought: -0.15 },
  },
  fair: { months: [3, 5, 6, 9, 11], during: 2, otherwise: 0.45 },
  stores: {
    中山路店: { share: 0.29, active: 0.12, bought: 0.1 },
    江滨店: { share: 0.22, active: 0.05, bought: 0.18 },
    北城店: { share: 0.19, active: -0.05, bought: -0.12 },
    东门店: { share: 0.17, active: -0.12, bought: 0.02 },
    大学城店: { share: 0.13, active: 0, bought: -0.25 },
  },
  staff: everybody,
  trials: [
    {
      id: 'E1',
      name: '到店礼短信',
      metric: 'active',
      hypothesis: '到店前一天发短信提醒有到店礼，进店率会上升',
      from: '2026-03-02',
      to: '2026-05-31',
      effect: 0.35,
    },
    {
      id: 'E2',
      name: '套系价目表新版',
      metric: 'bought',
      hypothesis: '价目表看得更清楚，成交率会上升',
      from: '2025-09-01',
      to: '2025-11-30',
      effect: 0,
    },
  ],
  delays: {
    visit: { median: 4, sigma: 0.9, cut: 60 },
    order: { median: 4, sigma: 0.8, cut: 60 },
    order_same_day: 0.55,
  },
  phone_order_share: 0.02,
  gap: { store: '江滨店', from: '2026-08-03', to: '2026-08-09' },
  horizon_days: 120,
};
