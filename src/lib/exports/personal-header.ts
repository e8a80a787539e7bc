import { headerKey, headerKeyWithoutRemark } from './header-text.ts';
import { fieldsOf, tableNames } from './tables.ts';

/** Every header under which an export may carry a personal field, also where it is an unknown column of another list. */
const known = new Set(
  tableNames.flatMap((table) =>
    fieldsOf(table)
      .filter((field) => field.personal)
      .flatMap(({ name, synonyms }) => [name, ...Object.values(synonyms).flat()].map(headerKey)),
  ),
);

/** Words that make a header personal wherever they stand in its key (see headerKey), in both scripts and in English. */
const WORDS = new RegExp(
  [
    /手机|手機|电话|電話|座机|座機|微信|weixin|wechat|whatsapp|邮箱|郵箱|邮件|郵件|信箱|mail|phone|mobile/,
    /联系|聯繫|聯係|联络|聯絡|contact|姓名|名字|昵称|暱稱|网名|網名|nickname|fullname|surname|firstname|lastname/,
    /地址|住址|住所|门牌|門牌|address|生日|出生|birth/,
    /身份证|身分證|身份證|证件|證件|护照|護照|passport|idcard|idnumber|identitycard|nationalid/,
    /银行卡|銀行卡|银行账|銀行帳|支付宝账|支付寶帳|bankaccount|iban|车牌|車牌/,
    /lineid|line号|line號|line帳/,
    /付款人|付款方|汇款人|匯款人|缴款人|繳款人|交款人|收件人|收货人|收貨人|payer|payee|recipient|consignee/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'u',
);

/** Short words that mean a person's only where they stand alone: “tel” is part of “hotel”. */
const WHOLE_WORDS = /(?:^|[^a-z])(?:tel|qq|imei)(?:$|[^a-z])/u;

/**
 * Whether a header of an unknown column says that it holds what points at a person. It rather refuses too much (电话是否接通)
 * than shows a customer's number in a menu; whoever wants such a column as a segment gives it another header.
 */
export function isPersonalHeader(header: string): boolean {
  const key = headerKey(header);
  return (
    known.has(key) ||
    known.has(headerKeyWithoutRemark(header)) ||
    WORDS.test(key) ||
    WHOLE_WORDS.test(header.normalize('NFKC').toLowerCase())
  );
}
