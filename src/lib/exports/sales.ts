import { z } from 'zod';
import { choice, optional, required } from './field.ts';
import { also, headers, names } from './headers.ts';

/** Something more was offered to a buyer: at the sale, the shoot, the viewing or the pickup. */
export const upsells = z.object({
  upsell_id: required(
    'text',
    names(
      ['upsell id', 'upsell no', 'line id', 'upsell'],
      ['二销编号', '二销单号', '二销ID', '加单编号'],
      ['二銷編號', '二銷單號', '二銷ID', '加購編號', '加單編號'],
    ),
    { key: true },
  ),
  sold_at: required(
    'instant',
    names(
      ['sold at', 'sold on', 'sale date', 'upsell date'],
      ['二销时间', '二销日期', '销售时间', '销售日期', '加单时间', '选片时间'],
      ['二銷時間', '二銷日期', '銷售時間', '銷售日期', '加購時間', '加單時間', '選片時間'],
    ),
  ),
  amount: required(
    'money',
    also(
      headers.amount,
      ['upsell amount', 'sale amount'],
      ['二销金额', '加单金额', '销售金额'],
      ['二銷金額', '加購金額', '加單金額', '銷售金額'],
    ),
  ),
  order_id: required('text', headers.order_id),
  touchpoint: choice(
    names(
      ['touchpoint', 'stage', 'sold during'],
      ['二销环节', '环节', '销售环节', '阶段'],
      ['二銷環節', '環節', '銷售環節', '階段'],
    ),
    {
      sale: ['order desk', '接单', '前期', '接單'],
      shoot: ['shooting', '拍摄', '拍照', '拍攝'],
      viewing: ['selection', '看样', '选片', '看樣', '選片'],
      pickup: ['collection', '取件', '取片'],
    },
  ),
  item_type: optional(
    'text',
    names(
      ['item type', 'item', 'product type'],
      ['二销项目', '品项', '产品类型', '商品', '项目'],
      ['二銷項目', '品項', '產品類型', '商品', '項目'],
    ),
  ),
  quantity: optional(
    'whole',
    names(['quantity', 'qty', 'pieces'], ['数量', '件数', '张数'], ['數量', '件數', '張數']),
  ),
  outcome: choice(
    headers.outcome,
    {
      sold: ['yes', 'bought', '成交', '已售', '购买', '購買'],
      declined: ['no', 'refused', '未成交', '拒绝', '未购买', '拒絕', '未購買'],
    },
    { default: 'sold' },
  ),
  cost: optional('money', headers.cost),
  staff_id: optional('text', headers.staff_id),
  co_staff_id: optional(
    'text',
    names(
      ['co staff id', 'co seller', 'co selector', 'second seller'],
      ['协助人', '协选', '协选人', '副销', '辅助员工'],
      ['協助人', '協選', '協選人', '副銷', '輔助員工'],
    ),
  ),
});

/** Money came in, or went back. */
export const payments = z.object({
  payment_id: required(
    'text',
    names(
      ['payment id', 'payment no', 'receipt no', 'transaction id', 'payment'],
      [
        '收款编号',
        '付款编号',
        '流水号',
        '收款单号',
        '收据号',
        '交易号',
        '交易单号',
        '交易订单号',
        '交易流水号',
      ],
      ['收款編號', '付款編號', '流水號', '收款單號', '收據號碼', '交易編號', '交易單號', '交易序號'],
    ),
    { key: true },
  ),
  paid_at: required(
    'instant',
    names(
      ['paid at', 'paid on', 'payment date', 'payment time'],
      ['收款时间', '付款时间', '收款日期', '付款日期', '支付时间', '到账时间', '交易时间'],
      ['收款時間', '付款時間', '收款日期', '付款日期', '支付時間', '入帳時間', '交易時間'],
    ),
  ),
  amount: required(
    'money',
    also(
      headers.amount,
      ['payment amount', 'paid amount'],
      ['收款金额', '付款金额', '实收金额', '支付金额', '实收'],
      ['收款金額', '付款金額', '實收金額', '支付金額', '實收'],
    ),
  ),
  order_id: optional('text', {
    en: [...headers.order_id.en, 'merchant order no', 'merchant order id'],
    'zh-Hans': [...headers.order_id['zh-Hans'], '商户单号', '商户订单号', '商家订单号'],
    'zh-Hant': [...headers.order_id['zh-Hant'], '商戶單號', '商戶訂單號', '商家訂單號'],
  }),
  kind: choice(
    also(
      headers.kind,
      ['payment kind', 'payment type'],
      ['款项类型', '收款类型', '款项'],
      ['款項類型', '收款類型', '款項'],
    ),
    {
      deposit: ['down payment', '定金', '订金', '訂金'],
      balance: ['final payment', '尾款', '余款', '餘款'],
      upsell: ['二销', '二销款', '加单', '二銷', '二銷款', '加購'],
      refund: ['refunded', '退款', '退费', '退費'],
    },
  ),
});

/** A coming visit and what became of it. */
export const appointments = z.object({
  appointment_id: required(
    'text',
    names(
      ['appointment id', 'appointment no', 'booking id', 'appointment'],
      ['预约编号', '预约单号', '预约ID', '档期编号'],
      ['預約編號', '預約單號', '預約ID', '檔期編號'],
    ),
    { key: true },
  ),
  for_at: required(
    'instant',
    names(
      ['for at', 'appointment time', 'appointment date', 'scheduled at', 'booked for'],
      ['预约时间', '预约日期', '档期', '预约到店时间'],
      ['預約時間', '預約日期', '檔期', '預約到店時間'],
    ),
  ),
  made_at: optional(
    'instant',
    names(
      ['made at', 'booked at', 'created at'],
      ['登记时间', '创建时间', '预约登记时间'],
      ['登記時間', '建立時間', '預約登記時間'],
    ),
  ),
  purpose: choice(headers.purpose, {
    consult: ['consultation', '咨询', '看店', '接单', '諮詢', '接單'],
    shoot: ['shooting', '拍摄', '拍照', '拍攝'],
    viewing: ['selection', '看样', '选片', '看樣', '選片'],
    pickup: ['collection', '取件', '取片'],
    service: ['客服', '售后', '售後'],
  }),
  lead_id: optional('text', headers.lead_id),
  customer_id: optional('text', headers.customer_id),
  order_id: optional('text', headers.order_id),
  store: optional('text', headers.store),
  status: choice(headers.status, {
    kept: ['came', 'done', '已到店', '已到', '到店', '完成'],
    moved: ['rescheduled', '改期', '已改期', '改約'],
    no_show: ['no show', 'missed', '未到', '爽约', '爽約'],
    cancelled: ['canceled', '取消', '已取消'],
  }),
});
