// Runs in the page: the words of collections and of what a person decides, in Korean.
import type { collectionsEn } from './en.ts';

export const collectionsKo: Record<keyof typeof collectionsEn, string> = {
  'filter.favourite': '즐겨찾기',
  'filter.notFavourite': '즐겨찾기 아님',
  'filter.hidden': '숨긴 항목',
  'filter.notHidden': '숨기지 않은 항목',
  'filter.tag': '태그: {{tag}}',
  'filter.notTag': '태그 {{tag}} 없음',
  'filter.album': '앨범: {{album}}',
  'filter.notAlbum': '{{album}} 앨범에 없음',
};
