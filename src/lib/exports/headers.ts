import type { Synonyms } from './field.ts';

const names = (en: readonly string[], hans: readonly string[], hant: readonly string[]): Synonyms => ({
  en,
  'zh-Hans': hans,
  'zh-Hant': hant,
});

/** Headers of the fields that mean the same in every table they stand in. */
export const headers = {
  lead_id: names(
    ['lead id', 'lead no', 'lead number', 'lead', 'inquiry id', 'enquiry id'],
    ['客资编号', '客资ID', '客资号', '线索ID', '线索编号', '线索号', '咨询编号', '客资'],
    ['客資編號', '客資ID', '客資號', '名單編號', '線索ID', '線索編號', '諮詢編號', '潛客編號', '客資'],
  ),
  visit_id: names(
    ['visit id', 'visit no', 'visit number', 'visit'],
    ['进店编号', '到店编号', '进店ID', '到店ID', '进店单号', '到店单号', '来访编号', '接待编号', '接单编号'],
    ['進店編號', '到店編號', '進店ID', '到店ID', '進店單號', '到店單號', '來訪編號', '接待編號', '接單編號'],
  ),
  order_id: names(
    [
      'order id',
      'order no',
      'order number',
      'order',
      'contract no',
      'contract id',
      'invoice no',
      'invoice id',
    ],
    ['订单编号', '订单号', '订单ID', '单号', '合同号', '合同编号', '套系单号', '所属订单'],
    ['訂單編號', '訂單號', '訂單號碼', '訂單ID', '單號', '合約編號', '合約號', '套系單號', '所屬訂單'],
  ),
  customer_id: names(
    ['customer id', 'customer no', 'customer number', 'client id', 'client no', 'member id'],
    ['客户编号', '客户ID', '客户号', '顾客编号', '客人编号', '会员编号', '会员号'],
    ['客戶編號', '客戶ID', '客戶號', '顧客編號', '客人編號', '會員編號', '會員號'],
  ),
  campaign_id: names(
    ['campaign id', 'campaign no', 'campaign', 'ad campaign'],
    ['活动编号', '活动ID', '推广计划', '计划ID', '推广计划ID', '投放计划', '广告计划', '活动'],
    ['活動編號', '活動ID', '廣告活動', '廣告計畫', '推廣計畫', '行銷活動', '行銷活動編號', '活動'],
  ),
  store: names(
    ['store', 'shop', 'branch', 'store name', 'branch name', 'studio', 'location'],
    ['门店', '店别', '分店', '店名', '门店名称', '店铺', '所属门店', '门市店', '店面', '归属门店'],
    [
      '分店',
      '店別',
      '門店',
      '店名',
      '門市名稱',
      '分店名稱',
      '店鋪',
      '所屬門市',
      '所屬分店',
      '門市店',
      '店面',
    ],
  ),
  staff_id: names(
    ['staff id', 'staff', 'employee id', 'employee', 'salesperson', 'sales rep', 'seller', 'rep'],
    [
      '员工编号',
      '工号',
      '员工',
      '员工ID',
      '销售',
      '销售人员',
      '门市人员',
      '门市姓名',
      '门市员工',
      '跟单门市',
      '接单门市',
      '接待门市',
      '接单人',
      '业务员',
      '负责人',
      '经手人',
    ],
    [
      '員工編號',
      '工號',
      '員工',
      '員工ID',
      '銷售',
      '銷售人員',
      '門市人員',
      '門市姓名',
      '門市小姐',
      '接單門市',
      '接待門市',
      '接單人',
      '業務員',
      '業務',
      '負責人',
      '經手人',
    ],
  ),
  inviter: names(
    ['inviter', 'inviter id', 'invited by', 'appointment setter', 'telemarketer'],
    ['邀约', '邀约人', '邀约员', '邀约客服', '邀约人员', '网销', '网销客服', '邀约门市'],
    ['邀約', '邀約人', '邀約員', '邀約客服', '邀約人員', '網銷', '網銷客服', '電銷'],
  ),
  channel: names(
    ['channel', 'source', 'lead source', 'origin', 'traffic source', 'acquisition channel'],
    ['渠道', '来源', '客资来源', '来源渠道', '渠道来源', '客户来源', '获客渠道', '渠道名称'],
    ['通路', '來源', '客資來源', '來源管道', '管道', '渠道', '來源渠道', '客戶來源', '獲客管道'],
  ),
  name: names(['name'], ['姓名', '名称'], ['姓名', '名稱']),
  phone: names(
    ['phone', 'mobile', 'phone number', 'mobile number', 'telephone', 'cell'],
    ['手机', '手机号', '电话', '联系电话', '手机号码', '联系方式', '电话号码'],
    ['手機', '手機號碼', '電話', '聯絡電話', '行動電話', '聯絡方式', '電話號碼'],
  ),
  wechat: names(
    ['wechat', 'wechat id', 'weixin', 'line id'],
    ['微信', '微信号', '微信ID'],
    ['微信', '微信號', 'LINE', 'LINE ID'],
  ),
  city: names(['city', 'town'], ['城市', '所在城市'], ['城市', '縣市', '所在城市']),
  district: names(
    ['district', 'area', 'neighbourhood', 'neighborhood'],
    ['区域', '区县', '地区', '所在区域', '城区'],
    ['區域', '行政區', '地區', '鄉鎮市區'],
  ),
  address: names(
    ['address', 'street address'],
    ['地址', '联系地址', '住址', '家庭地址'],
    ['地址', '聯絡地址', '住址', '通訊地址'],
  ),
  wedding_on: names(
    ['wedding on', 'wedding date', 'wedding day'],
    ['婚期', '结婚日期', '婚礼日期', '婚期日期'],
    ['婚期', '結婚日期', '婚禮日期', '宴客日期'],
  ),
  amount: names(
    ['amount', 'total', 'total amount', 'price', 'value', 'revenue'],
    ['金额', '总金额', '成交金额', '价格', '金额合计'],
    ['金額', '總金額', '成交金額', '價格', '金額合計'],
  ),
  cost: names(
    ['cost', 'costs', 'spend', 'ad spend'],
    ['成本', '费用', '消耗', '花费', '投放费用'],
    ['成本', '費用', '花費', '廣告費', '投放費用'],
  ),
  purpose: names(
    ['purpose', 'visit type', 'visit purpose'],
    ['到店目的', '进店目的', '到店类型', '进店类型', '目的', '预约类型'],
    ['到店目的', '進店目的', '到店類型', '進店類型', '目的', '預約類型'],
  ),
  status: names(['status', 'state'], ['状态', '订单状态', '预约状态'], ['狀態', '訂單狀態', '預約狀態']),
  kind: names(['kind', 'type', 'category'], ['类型', '类别', '种类'], ['類型', '類別', '種類']),
  level: names(['level', 'tier', 'grade'], ['级别', '等级'], ['級別', '等級']),
  starts_on: names(
    ['starts on', 'start date', 'start'],
    ['开始日期', '开始时间', '起始日期'],
    ['開始日期', '開始時間', '起始日期'],
  ),
  ends_on: names(
    ['ends on', 'end date', 'end'],
    ['结束日期', '结束时间', '截止日期'],
    ['結束日期', '結束時間', '截止日期'],
  ),
  experiment_id: names(
    ['experiment id', 'experiment', 'test id'],
    ['实验编号', '实验ID', '测试编号', '实验'],
    ['實驗編號', '實驗ID', '測試編號', '實驗'],
  ),
  outcome: names(
    ['outcome', 'result'],
    ['结果', '进店结果', '接单结果', '成交情况'],
    ['結果', '進店結果', '接單結果', '成交狀況'],
  ),
} as const satisfies Record<string, Synonyms>;

/** Synonyms of a field of its own, or further ones put before the shared ones. */
export function also(
  shared: Synonyms | null,
  en: readonly string[],
  hans: readonly string[],
  hant: readonly string[],
): Synonyms {
  return {
    en: [...en, ...(shared?.en ?? [])],
    'zh-Hans': [...hans, ...(shared?.['zh-Hans'] ?? [])],
    'zh-Hant': [...hant, ...(shared?.['zh-Hant'] ?? [])],
  };
}

export { names };
