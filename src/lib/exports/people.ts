import { z } from 'zod';
import { choice, optional, required } from './field.ts';
import { also, headers, names } from './headers.ts';

/** A customer's file. */
export const customers = z.object({
  customer_id: required('text', headers.customer_id, { key: true }),
  name: optional(
    'text',
    also(
      headers.name,
      ['customer name', 'client name'],
      ['客户姓名', '顾客姓名', '客人姓名', '新娘姓名'],
      ['客戶姓名', '顧客姓名', '客人姓名', '新娘姓名'],
    ),
    { personal: true },
  ),
  phone: optional('phone', headers.phone, { personal: true }),
  wechat: optional('text', headers.wechat, { personal: true }),
  partner_name: optional(
    'text',
    names(
      ['partner name', 'spouse name'],
      ['配偶姓名', '新郎姓名', '另一半姓名'],
      ['配偶姓名', '新郎姓名', '另一半姓名'],
    ),
    { personal: true },
  ),
  partner_phone: optional(
    'phone',
    names(
      ['partner phone', 'spouse phone'],
      ['配偶电话', '新郎电话', '另一半电话'],
      ['配偶電話', '新郎電話', '另一半電話'],
    ),
    { personal: true },
  ),
  wedding_on: optional('day', headers.wedding_on),
  birthday: optional(
    'day',
    names(['birthday', 'date of birth', 'birth date'], ['生日', '出生日期'], ['生日', '出生日期']),
    { personal: true },
  ),
  city: optional('text', headers.city),
  district: optional('text', headers.district),
  address: optional('text', headers.address, { personal: true }),
});

/** Who works here, or did. */
export const staff = z.object({
  staff_id: required('text', headers.staff_id, { key: true }),
  name: optional(
    'text',
    also(headers.name, ['staff name', 'employee name'], ['员工姓名', '员工名称'], ['員工姓名', '員工名稱']),
    { personal: true },
  ),
  role: choice(
    names(['role', 'position', 'job'], ['岗位', '职位', '角色', '职务'], ['職位', '崗位', '角色', '職務']),
    {
      inviter: ['邀约', '邀约客服', '网销', '邀約', '網銷'],
      seller: ['sales', 'salesperson', '门市', '销售', '門市', '銷售'],
      floor: ['floor staff', '摄影', '化妆', '场控', '攝影', '化妝', '場控'],
      viewing: ['viewing staff', '看样', '选片师', '看样师', '看樣', '選片師'],
      pickup: ['pickup staff', '取件', '取件员', '取件員'],
      service: ['customer service', '客服'],
      manager: ['店长', '经理', '主管', '店長', '經理'],
    },
  ),
  store: optional('text', headers.store),
  hired_on: optional(
    'day',
    names(['hired on', 'hire date', 'joined on'], ['入职日期', '入职时间'], ['到職日期', '入職日期']),
  ),
  left_on: optional(
    'day',
    names(['left on', 'leave date', 'end date'], ['离职日期', '离职时间'], ['離職日期']),
  ),
});

/** A referral card that was handed to a buyer. */
export const cards = z.object({
  card_no: required(
    'text',
    names(
      ['card no', 'card number', 'card id', 'card'],
      ['卡号', '介绍卡号', '爱情卡号'],
      ['卡號', '介紹卡號', '愛情卡號'],
    ),
    { key: true },
  ),
  customer_id: required(
    'text',
    also(headers.customer_id, ['holder id'], ['持卡人编号', '持卡客户'], ['持卡人編號', '持卡客戶']),
  ),
  issued_at: required(
    'instant',
    names(
      ['issued at', 'issued on', 'issue date'],
      ['发卡时间', '发卡日期', '领卡时间'],
      ['發卡時間', '發卡日期', '領卡時間'],
    ),
  ),
  level: optional('text', also(headers.level, ['card level'], ['卡级别', '卡等级'], ['卡級別', '卡等級'])),
  parent_card_no: optional(
    'text',
    names(['parent card no', 'parent card'], ['上级卡号', '原卡号'], ['上級卡號', '原卡號']),
  ),
  staff_id: optional('text', headers.staff_id),
  cost: optional('money', headers.cost),
});

/** What a referrer was given for an order. */
export const referral_rewards = z.object({
  reward_id: required(
    'text',
    names(
      ['reward id', 'reward no', 'reward'],
      ['奖励编号', '回门编号', '奖励单号'],
      ['獎勵編號', '回門編號', '獎勵單號'],
    ),
    { key: true },
  ),
  given_at: required(
    'instant',
    names(
      ['given at', 'given on', 'reward date'],
      ['发放时间', '发放日期', '领取时间', '奖励时间'],
      ['發放時間', '發放日期', '領取時間', '獎勵時間'],
    ),
  ),
  referrer_customer_id: optional(
    'text',
    names(
      ['referrer customer id', 'referrer', 'referrer id'],
      ['介绍人编号', '介绍人', '转介绍人', '推荐人'],
      ['介紹人編號', '介紹人', '轉介紹人', '推薦人'],
    ),
  ),
  order_id: optional('text', headers.order_id),
  amount: optional('money', also(headers.amount, ['reward amount'], ['奖励金额'], ['獎勵金額'])),
});
