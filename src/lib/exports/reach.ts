import { z } from 'zod';
import { choice, optional, required } from './field.ts';
import { also, headers, names } from './headers.ts';

/** What was done to be seen. */
export const campaigns = z.object({
  campaign_id: required('text', headers.campaign_id, { key: true }),
  name: optional(
    'text',
    also(
      headers.name,
      ['campaign name', 'title'],
      ['活动名称', '计划名称', '推广名称'],
      ['活動名稱', '計畫名稱', '廣告活動名稱'],
    ),
  ),
  channel: optional('text', headers.channel),
  objective: optional(
    'text',
    names(['objective', 'goal'], ['目标', '推广目标', '营销目标'], ['目標', '推廣目標', '行銷目標']),
  ),
  kind: choice(
    also(
      headers.kind,
      ['campaign kind', 'campaign type'],
      ['活动类型', '广告类型'],
      ['活動類型', '廣告類型'],
    ),
    {
      brand: ['branding', 'brand advertising', '品牌', '品牌广告', '品牌廣告'],
      direct_response: ['direct response', 'performance', '效果', '效果广告', '直效', '效果廣告', '直效廣告'],
    },
  ),
  starts_on: optional('day', headers.starts_on),
  ends_on: optional('day', headers.ends_on),
  cost: optional('money', headers.cost),
});

/** A campaign's figures of one day. */
export const campaign_days = z.object({
  campaign_id: required('text', headers.campaign_id, { key: true }),
  date: required(
    'day',
    names(
      ['date', 'day', 'report date'],
      ['日期', '统计日期', '数据日期', '投放日期'],
      ['日期', '統計日期', '資料日期', '投放日期'],
    ),
    { key: true },
  ),
  audience: optional(
    'whole',
    names(
      ['audience', 'target audience', 'audience size'],
      ['受众', '目标受众', '受众人数', '定向人数'],
      ['受眾', '目標受眾', '受眾人數', '定向人數'],
    ),
  ),
  aware: optional(
    'whole',
    names(
      ['aware', 'reach', 'people reached', 'unique reach'],
      ['知晓', '触达人数', '覆盖人数', '曝光人数', '到达人数'],
      ['知曉', '觸及人數', '觸達人數', '覆蓋人數', '曝光人數'],
    ),
  ),
  hits: optional(
    'whole',
    names(
      ['hits', 'clicks', 'link clicks'],
      ['点击', '点击量', '点击数', '点击次数'],
      ['點擊', '點擊數', '點擊量', '點閱數'],
    ),
  ),
  cost: optional('money', headers.cost),
});

/** A question asked before or after a campaign. */
export const brand_surveys = z.object({
  survey_id: required(
    'text',
    names(
      ['survey id', 'survey no', 'brand survey id'],
      ['问卷编号', '调查编号', '品牌调查编号'],
      ['問卷編號', '調查編號', '品牌調查編號'],
    ),
    { key: true },
  ),
  campaign_id: optional('text', headers.campaign_id),
  asked_at: required(
    'instant',
    names(
      ['asked at', 'asked on', 'survey date'],
      ['调查时间', '调查日期', '提问时间'],
      ['調查時間', '調查日期', '提問時間'],
    ),
  ),
  wave: choice(names(['wave', 'phase'], ['波次', '前后', '阶段'], ['波次', '前後', '階段']), {
    before: ['pre', '前', '之前', '前测', '前測'],
    after: ['post', '后', '之后', '后测', '後', '之後', '後測'],
  }),
  question: optional('text', names(['question'], ['问题', '题目'], ['問題', '題目'])),
  n: optional(
    'whole',
    names(
      ['n', 'respondents', 'sample size', 'answers'],
      ['样本数', '回答人数', '样本量'],
      ['樣本數', '回答人數', '樣本量'],
    ),
  ),
  yes: optional(
    'whole',
    names(['yes', 'yes answers', 'positive'], ['肯定人数', '回答是', '是'], ['肯定人數', '回答是', '是']),
  ),
});

/** A trial of two or more ways of doing something. */
export const experiments = z.object({
  experiment_id: required('text', headers.experiment_id, { key: true }),
  name: optional('text', also(headers.name, ['experiment name'], ['实验名称'], ['實驗名稱'])),
  unit: optional(
    'text',
    names(
      ['unit', 'unit kind', 'randomised by', 'randomized by'],
      ['实验单位', '分组单位'],
      ['實驗單位', '分組單位'],
    ),
  ),
  metric: optional(
    'text',
    names(['metric', 'measure', 'outcome metric'], ['指标', '衡量指标'], ['指標', '衡量指標']),
  ),
  hypothesis: optional(
    'text',
    names(
      ['hypothesis', 'expectation', 'why we try it'],
      ['假设', '预期', '想验证什么'],
      ['假設', '預期', '想驗證什麼'],
    ),
  ),
  variants: optional(
    'text',
    names(
      ['variants', 'variants and shares', 'split', 'shares'],
      ['分组比例', '方案比例', '分流比例'],
      ['分組比例', '方案比例', '分流比例'],
    ),
  ),
  starts_on: optional('day', headers.starts_on),
  ends_on: optional('day', headers.ends_on),
});

/** Which unit got which variant. */
export const assignments = z.object({
  experiment_id: required('text', headers.experiment_id, { key: true }),
  unit: required(
    'text',
    names(
      ['unit', 'unit id', 'subject', 'subject id'],
      ['单位', '单位编号', '实验对象', '对象'],
      ['單位', '單位編號', '實驗對象', '對象'],
    ),
    { key: true },
  ),
  variant: optional(
    'text',
    names(['variant', 'group', 'arm'], ['分组', '组别', '方案', '版本'], ['分組', '組別', '方案', '版本']),
  ),
  assigned_at: optional(
    'instant',
    names(
      ['assigned at', 'assigned on', 'assignment date'],
      ['分组时间', '分配时间'],
      ['分組時間', '分配時間'],
    ),
  ),
});
