export const stores = ['中山路店', '江滨店', '北城店', '东门店', '大学城店'] as const;
export type Store = (typeof stores)[number];

export const channels = ['小红书', '大众点评', '抖音', '婚博会', '传单', '转介绍', '自然进店'] as const;
export type Channel = (typeof channels)[number];
