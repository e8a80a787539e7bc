import type { PersonViewer, Standing } from '#lib/access/viewer.ts';

/** Where the choice is kept as whom one looks at the sample. */
export const LOOK_AS_COOKIE = 'look_as';

/** Somebody of the sample studio as whom one may look at it: a role, or for staff their desk. */
export type Look = { key: string; name: string; standing: Standing };

const staff = (key: string, staffId: string, name: string): Look => ({
  key,
  name,
  standing: { role: 'staff', staffId },
});

const OWNER: Look = { key: 'owner', name: '', standing: { role: 'owner' } };

/** One of each role and of each desk, as they stand in data/sample/staff.csv. */
export const looks: readonly Look[] = [
  OWNER,
  { key: 'manager', name: '魏强', standing: { role: 'manager', stores: ['中山路店'] } },
  { key: 'marketer', name: '', standing: { role: 'marketer' } },
  staff('inviter', 'S01', '陈晓岚'),
  staff('seller', 'S11', '林静'),
  staff('floor', 'S23', '曹阳'),
  staff('viewing', 'S28', '董芳'),
  staff('pickup', 'S33', '蔡云'),
  staff('service', 'S36', '叶青'),
];

/** As whom one looks: the chosen one, else the owner. */
export function lookedAs(chosen: string | undefined): PersonViewer {
  const { key, name, standing } = looks.find((look) => look.key === chosen) ?? OWNER;
  return { kind: 'person', id: key, name, ...standing };
}
