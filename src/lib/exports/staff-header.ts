import { headerKey, headerKeyWithoutRemark } from './header-text.ts';
import { fieldsOf, tableNames } from './tables.ts';

/** The fields of the contract whose values are members of staff. */
const STAFF_FIELDS: readonly string[] = ['staff_id', 'co_staff_id'];

/** Every header under which an export may carry a member of staff, also where it is an unknown column of another list. */
const known = new Set(
  tableNames.flatMap((table) =>
    fieldsOf(table)
      .filter(({ name }) => STAFF_FIELDS.includes(name))
      .flatMap(({ name, synonyms }) => [name, ...Object.values(synonyms).flat()].map(headerKey)),
  ),
);

/** Words that make a header one of the staff wherever they stand in its key (see headerKey), in both scripts and in English. */
const WORDS = new RegExp(
  [
    /员工|員工|店员|店員|销售员|銷售員|业务员|業務員|导购|導購|顾问|顧問|经手人|經手人|负责人|負責人|接待人|跟进人|跟進人|邀约人|邀約人/,
    /摄影师|攝影師|化妆师|化妝師|选片师|選片師|看样师|看樣師|设计师|設計師|客服姓名|店长|店長/,
    /staff|employee|salesman|saleswoman|salesperson|salesrep|consultant|photographer|makeupartist/,
  ]
    .map(({ source }) => source)
    .join('|'),
  'u',
);

/** Whether a header of an unknown column says that its values are members of staff. It rather says so too often. */
export function isStaffHeader(header: string): boolean {
  const key = headerKey(header);
  return known.has(key) || known.has(headerKeyWithoutRemark(header)) || WORDS.test(key);
}
