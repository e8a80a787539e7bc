import { z } from 'zod';
import { choice, optional, required } from './field.ts';
import { also, headers, names } from './headers.ts';

/** A person or firm that asked: call, chat, form, walk-in, coupon, referral card. */
export const leads = z.object({
  lead_id: required('text', headers.lead_id, { key: true }),
  created_at: required(
    'instant',
    names(
      [
        'created at',
        'created',
        'created time',
        'created on',
        'create date',
        'submitted at',
        'lead date',
        'lead time',
        'first contact date',
        'inquiry date',
        'registered at',
      ],
      [
        '创建时间',
        '录入时间',
        '创建日期',
        '录入日期',
        '进线时间',
        '客资时间',
        '登记时间',
        '咨询时间',
        '咨询日期',
        '线索时间',
      ],
      [
        '建立時間',
        '建檔時間',
        '建立日期',
        '創建時間',
        '錄入時間',
        '登錄時間',
        '進線時間',
        '客資時間',
        '諮詢時間',
        '諮詢日期',
      ],
    ),
  ),
  channel: optional('text', headers.channel),
  campaign_id: optional('text', headers.campaign_id),
  store: optional('text', headers.store),
  staff_id: optional('text', headers.staff_id),
  inviter: optional('text', headers.inviter),
  customer_id: optional('text', headers.customer_id),
  customer_name: optional(
    'text',
    also(
      headers.name,
      ['customer name', 'client name', 'full name', 'contact name', 'contact'],
      ['客户姓名', '顾客姓名', '客人姓名', '新人姓名', '联系人'],
      ['客戶姓名', '顧客姓名', '客人姓名', '新人姓名', '聯絡人'],
    ),
    { personal: true },
  ),
  phone: optional('phone', headers.phone, { personal: true }),
  wechat: optional('text', headers.wechat, { personal: true }),
  city: optional('text', headers.city),
  district: optional('text', headers.district),
  age_group: optional(
    'text',
    names(['age group', 'age'], ['年龄段', '年龄', '年龄层'], ['年齡層', '年齡', '年齡段']),
  ),
  budget: optional(
    'text',
    names(['budget', 'price range'], ['预算', '预算范围', '意向价位'], ['預算', '預算範圍', '意向價位']),
  ),
  wedding_on: optional('day', headers.wedding_on),
  referrer_customer_id: optional(
    'text',
    names(
      ['referrer customer id', 'referrer', 'referred by', 'referrer id'],
      ['介绍人编号', '转介绍人', '介绍人', '推荐人', '老客户编号', '转介绍人编号'],
      ['介紹人編號', '轉介紹人', '介紹人', '推薦人', '舊客編號', '轉介紹人編號'],
    ),
  ),
  referral_card: optional(
    'text',
    names(
      ['referral card', 'card no', 'card number'],
      ['介绍卡', '爱情卡', '转介绍卡号', '介绍卡号', '卡号'],
      ['介紹卡', '愛情卡', '轉介紹卡號', '介紹卡號', '卡號'],
    ),
  ),
  lost_at: optional(
    'instant',
    names(
      ['lost at', 'lost on', 'lost date'],
      ['流失时间', '流失日期', '战败时间', '无效时间'],
      ['流失時間', '流失日期', '戰敗時間', '無效時間'],
    ),
  ),
  lost_reason: optional(
    'text',
    names(
      ['lost reason', 'reason lost'],
      ['流失原因', '战败原因', '无效原因'],
      ['流失原因', '戰敗原因', '無效原因'],
    ),
  ),
});

const purposes = {
  consult: ['consultation', '咨询', '看店', '选套系', '接单', '進店諮詢', '诊询', '諮詢', '接單'],
  shoot: ['shooting', 'photo shoot', '拍摄', '拍照', '拍攝'],
  viewing: ['selection', '看样', '选片', '選片', '看樣'],
  pickup: ['collection', '取件', '取片'],
  service: ['客服', '售后', '售後', '服务', '服務'],
} as const;

/** A person came to the store. */
export const visits = z.object({
  visit_id: required('text', headers.visit_id, { key: true }),
  visited_at: required(
    'instant',
    names(
      ['visited at', 'visit date', 'visit time', 'visited on', 'arrived at'],
      ['进店时间', '到店时间', '进店日期', '到店日期', '来店时间', '来访时间', '接单时间', '接待时间'],
      ['進店時間', '到店時間', '進店日期', '到店日期', '來店時間', '來訪時間', '接單時間', '接待時間'],
    ),
  ),
  lead_id: optional('text', headers.lead_id),
  customer_id: optional('text', headers.customer_id),
  order_id: optional('text', headers.order_id),
  purpose: choice(headers.purpose, purposes, { default: 'consult' }),
  outcome: choice(headers.outcome, {
    booked: ['sold', 'signed', '预订', '已订', '成交', '已成交', '預訂', '預約成交'],
    no_sale: ['no sale', 'not booked', 'lost', '未成交', '未订', '流失', '未訂'],
    same_day: ['same day', 'booked and shot', '立拍', '当天拍', '當天拍'],
    done: ['completed', '完成', '已完成'],
  }),
  store: optional('text', headers.store),
  staff_id: optional('text', headers.staff_id),
  reason: optional(
    'text',
    names(
      ['reason', 'reason of no sale', 'no sale reason'],
      ['未成交原因', '原因', '未订原因'],
      ['未成交原因', '原因', '未訂原因'],
    ),
  ),
  tactic: optional(
    'text',
    names(
      ['tactic', 'closing tactic'],
      ['成交手法', '逼单手法', '促成方式'],
      ['成交手法', '逼單手法', '促成方式'],
    ),
  ),
  minutes: optional(
    'whole',
    names(
      ['minutes', 'duration minutes', 'duration'],
      ['接待时长', '时长', '分钟', '接单时长'],
      ['接待時長', '時長', '分鐘', '接單時長'],
    ),
  ),
});

/** A signed order with deposit. */
export const orders = z.object({
  order_id: required(
    'text',
    {
      en: [...headers.order_id.en, 'receipt no', 'receipt number', 'receipt', 'sale no', 'sale id'],
      'zh-Hans': [...headers.order_id['zh-Hans'], '小票号', '销售单号', '开单号'],
      'zh-Hant': [...headers.order_id['zh-Hant'], '發票號碼', '銷售單號', '開單號'],
    },
    { key: true },
  ),
  ordered_at: required(
    'instant',
    names(
      [
        'ordered at',
        'order date',
        'ordered on',
        'order time',
        'signed at',
        'won date',
        'invoice date',
        'contract date',
      ],
      [
        '下单时间',
        '成交时间',
        '订单时间',
        '下单日期',
        '成交日期',
        '订单日期',
        '签单时间',
        '签单日期',
        '预订时间',
        '预订日期',
        '订购日期',
      ],
      [
        '下單時間',
        '成交時間',
        '訂單時間',
        '下單日期',
        '成交日期',
        '訂單日期',
        '簽單時間',
        '簽單日期',
        '簽約日期',
        '預訂時間',
        '預訂日期',
        '訂購日期',
      ],
    ),
  ),
  amount: required(
    'money',
    also(
      headers.amount,
      ['order amount', 'contract amount', 'order total', 'line total', 'line amount'],
      ['订单金额', '套系金额', '套系价格', '签单金额', '订单总额', '成交价'],
      ['訂單金額', '套系金額', '套系價格', '簽單金額', '訂單總額', '成交價'],
    ),
  ),
  lead_id: optional('text', headers.lead_id),
  customer_id: optional('text', headers.customer_id),
  package: optional(
    'text',
    names(
      ['package', 'product', 'plan'],
      ['套系', '套系名称', '套餐', '产品'],
      ['套系', '套系名稱', '方案', '套餐', '產品'],
    ),
  ),
  list_price: optional(
    'money',
    names(
      ['list price', 'catalogue price', 'original price'],
      ['原价', '套系原价', '标价'],
      ['原價', '套系原價', '定價', '標價'],
    ),
  ),
  deposit: optional(
    'money',
    names(['deposit', 'down payment'], ['定金', '订金', '已付定金'], ['訂金', '定金', '已付訂金']),
  ),
  cost: optional('money', headers.cost),
  store: optional('text', headers.store),
  staff_id: optional('text', headers.staff_id),
  status: choice(
    headers.status,
    {
      active: [
        'open',
        'valid',
        'confirmed',
        'ok',
        'paid',
        'completed',
        'closed won',
        '有效',
        '正常',
        '进行中',
        '已完成',
        '完成',
        '已成交',
        '已付款',
        '已支付',
        '待发货',
        '待收货',
        '交易成功',
        '進行中',
        '待出貨',
        '待收貨',
      ],
      cancelled: [
        'canceled',
        'void',
        'voided',
        '取消',
        '已取消',
        '作废',
        '已作废',
        '退单',
        '退订',
        '交易关闭',
        '作廢',
        '退單',
        '退訂',
        '交易關閉',
      ],
      refunded: ['refund', '退款', '已退款'],
    },
    { default: 'active' },
  ),
  cancelled_at: optional(
    'instant',
    names(
      ['cancelled at', 'canceled at', 'cancellation date', 'refunded at'],
      ['取消时间', '取消日期', '退单时间', '退款时间', '退单日期', '退款日期'],
      ['取消時間', '取消日期', '退單時間', '退款時間', '退單日期', '退款日期'],
    ),
  ),
  refunded_amount: optional(
    'money',
    names(['refunded amount', 'refund amount', 'refund'], ['退款金额', '退单金额'], ['退款金額', '退單金額']),
  ),
});
