import { stores, type Store } from './studio.ts';

export type Role = 'inviter' | 'seller' | 'floor' | 'viewing' | 'pickup' | 'service' | 'manager';

/** Somebody of the studio. Tenure runs over whole weeks: from a Monday until a Sunday. */
export type Member = {
  id: string;
  name: string;
  role: Role;
  /** Empty: works for all stores. */
  store: Store | null;
  hired_on: string;
  left_on: string | null;
  /** Share of the store's work beside the others of the role. */
  load: number;
  /** Log-odds added to active (inviters) or bought (sellers). */
  effect: number;
};

type Line = [
  name: string,
  role: Role,
  store: number | null,
  load: number,
  effect: number,
  from?: string,
  to?: string,
];

const lines: Line[] = [
  ['陈晓岚', 'inviter', 0, 1.2, 0.32],
  ['吴佳怡', 'inviter', 0, 1, -0.1],
  ['郑梦洁', 'inviter', 1, 1, 0.15],
  ['孙悦', 'inviter', 1, 0.9, -0.28],
  ['何雨晴', 'inviter', 2, 1, 0.05],
  ['罗婷', 'inviter', 2, 0.8, -0.2, '2021-04-05', '2025-03-30'],
  ['唐思思', 'inviter', 2, 0.8, 0.24, '2025-03-31'],
  ['许丹', 'inviter', 3, 1, 0.18],
  ['邓莉', 'inviter', 3, 0.7, -0.35],
  ['冯可欣', 'inviter', 4, 1, 0],
  ['林静', 'seller', 0, 1.2, 0.38],
  ['黄丽萍', 'seller', 0, 1, 0.05],
  ['周倩', 'seller', 0, 0.8, -0.3, '2024-06-03'],
  ['徐敏', 'seller', 1, 1.1, 0.22],
  ['马晓燕', 'seller', 1, 0.9, -0.12],
  ['朱琳', 'seller', 2, 1, 0.1],
  ['胡蓉', 'seller', 2, 0.9, -0.4, '2022-02-14', '2025-08-31'],
  ['郭雅', 'seller', 2, 0.9, 0.02, '2025-09-01'],
  ['高洁', 'seller', 3, 1, 0.28],
  ['梁慧', 'seller', 3, 0.8, -0.18],
  ['宋菲', 'seller', 4, 1, -0.05],
  ['韩露', 'seller', 4, 0.8, 0.12],
  ['曹阳', 'floor', 0, 1, 0],
  ['彭磊', 'floor', 1, 1, 0],
  ['曾凡', 'floor', 2, 1, 0],
  ['萧然', 'floor', 3, 1, 0],
  ['田野', 'floor', 4, 1, 0],
  ['董芳', 'viewing', 0, 1, 0],
  ['袁梅', 'viewing', 1, 1, 0],
  ['潘颖', 'viewing', 2, 1, 0],
  ['于娜', 'viewing', 3, 1, 0],
  ['蒋欣', 'viewing', 4, 1, 0],
  ['蔡云', 'pickup', 0, 1, 0],
  ['余芬', 'pickup', 1, 1, 0],
  ['杜鹃', 'pickup', 3, 1, 0],
  ['叶青', 'service', null, 1, 0],
  ['程璐', 'service', null, 1, 0],
  ['魏强', 'manager', 0, 1, 0],
  ['吕刚', 'manager', 1, 1, 0],
  ['丁勇', 'manager', 3, 1, 0],
];

/** Everybody who works or worked here: invented people. */
export const everybody: Member[] = lines.map(([name, role, store, load, effect, from, to], position) => ({
  id: `S${String(position + 1).padStart(2, '0')}`,
  name,
  role,
  store: store === null ? null : (stores[store] ?? null),
  hired_on: from ?? `20${18 + (position % 5)}-0${1 + (position % 9)}-15`,
  left_on: to ?? null,
  load,
  effect,
}));
