import { z } from 'zod';
import { choice, optional, required } from './field.ts';
import { also, headers, names } from './headers.ts';

/** Somebody took care of a lead or a buyer. */
export const followups = z.object({
  followup_id: required(
    'text',
    names(
      ['followup id', 'follow up id', 'follow up no', 'followup'],
      ['跟进编号', '回访编号', '跟进ID', '回访单号'],
      ['跟進編號', '回訪編號', '跟進ID', '追蹤編號'],
    ),
    { key: true },
  ),
  done_at: required(
    'instant',
    names(
      ['done at', 'done on', 'followed up at', 'follow up date', 'call date'],
      ['跟进时间', '回访时间', '跟进日期', '回访日期', '联系时间'],
      ['跟進時間', '回訪時間', '跟進日期', '回訪日期', '聯絡時間'],
    ),
  ),
  lead_id: optional('text', headers.lead_id),
  order_id: optional('text', headers.order_id),
  visit_id: optional('text', headers.visit_id),
  kind: choice(
    also(
      headers.kind,
      ['followup kind', 'follow up type'],
      ['跟进方式', '跟进类型', '回访类型'],
      ['跟進方式', '跟進類型', '回訪類型'],
    ),
    {
      handover: ['转交', '交接', '轉交'],
      call: ['phone call', '电话', '电访', '電話', '電訪'],
      sms: ['text message', '短信', '簡訊', '微信'],
      letter: ['信', '信件', '来信', '書信'],
      offer: ['优惠', '惊喜优惠', '優惠', '驚喜優惠'],
      reminder: ['dunning', '催单', '提醒', '催單'],
      greeting: ['问候', '祝福', '問候'],
      thanks: ['thank you', '感谢', '感謝'],
      apology: ['道歉', '致歉'],
      reward_call: ['reward call', '回门通知', '领奖通知', '回門通知', '領獎通知'],
    },
  ),
  result: optional(
    'text',
    also(headers.outcome, ['follow up result'], ['跟进结果', '回访结果'], ['跟進結果', '回訪結果']),
  ),
  staff_id: optional('text', headers.staff_id),
});

/** Something went wrong for a customer. */
export const complaints = z.object({
  complaint_id: required(
    'text',
    names(
      ['complaint id', 'complaint no', 'complaint'],
      ['投诉编号', '投诉单号', '投诉ID'],
      ['客訴編號', '投訴編號', '客訴單號'],
    ),
    { key: true },
  ),
  logged_at: required(
    'instant',
    names(
      ['logged at', 'logged on', 'complaint date', 'received at'],
      ['投诉时间', '投诉日期', '受理时间', '登记时间'],
      ['客訴時間', '客訴日期', '投訴時間', '受理時間', '登記時間'],
    ),
  ),
  order_id: optional('text', headers.order_id),
  topic: optional(
    'text',
    names(
      ['topic', 'subject', 'complaint topic'],
      ['投诉内容', '投诉类型', '主题', '问题类型'],
      ['客訴內容', '客訴類型', '主題', '問題類型'],
    ),
  ),
  staff_id: optional('text', headers.staff_id),
  manager_at: optional(
    'instant',
    names(
      ['manager at', 'escalated at'],
      ['上报时间', '店长处理时间', '转经理时间'],
      ['上報時間', '店長處理時間', '轉主管時間'],
    ),
  ),
  settled_at: optional(
    'instant',
    names(
      ['settled at', 'resolved at', 'closed at'],
      ['解决时间', '处理完成时间', '结案时间'],
      ['解決時間', '處理完成時間', '結案時間'],
    ),
  ),
  answered_at: optional(
    'instant',
    names(['answered at', 'replied at'], ['回复时间', '答复时间'], ['回覆時間', '答覆時間']),
  ),
});

/** A customer's answer about the service. */
export const surveys = z.object({
  survey_id: required(
    'text',
    names(
      ['survey id', 'survey no', 'survey'],
      ['问卷编号', '满意度编号', '问卷ID', '调查表编号'],
      ['問卷編號', '滿意度編號', '問卷ID', '調查表編號'],
    ),
    { key: true },
  ),
  answered_at: required(
    'instant',
    names(
      ['answered at', 'answered on', 'survey date'],
      ['填写时间', '回答时间', '填写日期', '答卷时间'],
      ['填寫時間', '回答時間', '填寫日期', '答卷時間'],
    ),
  ),
  order_id: optional('text', headers.order_id),
  score: optional(
    'number',
    names(
      ['score', 'rating', 'satisfaction'],
      ['评分', '分数', '满意度', '得分'],
      ['評分', '分數', '滿意度', '得分'],
    ),
  ),
  dimension: optional(
    'text',
    names(['dimension', 'aspect'], ['维度', '评价维度'], ['構面', '維度', '評價維度']),
  ),
});

/** What was planned. */
export const targets = z.object({
  metric: required(
    'text',
    names(
      ['metric', 'measure', 'target metric'],
      ['指标', '目标指标', '指标名称'],
      ['指標', '目標指標', '指標名稱'],
    ),
    { key: true },
  ),
  scope: required(
    'text',
    names(['scope', 'target scope'], ['范围', '目标范围', '适用范围'], ['範圍', '目標範圍', '適用範圍']),
    { key: true },
  ),
  period: required(
    'text',
    names(
      ['period', 'target period', 'month'],
      ['期间', '周期', '月份', '目标期间'],
      ['期間', '週期', '月份', '目標期間'],
    ),
    { key: true },
  ),
  value: optional(
    'number',
    names(
      ['value', 'target', 'target value', 'plan'],
      ['目标值', '目标', '计划值', '数值'],
      ['目標值', '目標', '計畫值', '數值'],
    ),
  ),
});

/** Anything else a business records. */
export const events = z.object({
  event_id: required(
    'text',
    names(['event id', 'event no'], ['事件编号', '事件ID', '记录编号'], ['事件編號', '事件ID', '紀錄編號']),
    { key: true },
  ),
  happened_at: required(
    'instant',
    names(
      ['happened at', 'event time', 'event date', 'timestamp'],
      ['发生时间', '发生日期', '事件时间'],
      ['發生時間', '發生日期', '事件時間'],
    ),
  ),
  kind: required(
    'text',
    also(
      headers.kind,
      ['event', 'event kind', 'event type', 'event name'],
      ['事件', '事件类型', '事件名称'],
      ['事件', '事件類型', '事件名稱'],
    ),
  ),
  person_id: optional(
    'text',
    names(
      ['person id', 'user id', 'distinct id'],
      ['人员编号', '用户ID', '用户编号'],
      ['人員編號', '使用者ID', '用戶編號'],
    ),
  ),
  lead_id: optional('text', headers.lead_id),
  attributes: optional(
    'text',
    names(
      ['attributes', 'properties', 'details'],
      ['属性', '详情', '附加信息'],
      ['屬性', '詳情', '附加資訊'],
    ),
  ),
});
