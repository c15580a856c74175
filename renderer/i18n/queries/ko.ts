// Runs in the page: the words of what a query says, in Korean.
import type { queriesEn } from './en.ts';

export const queriesKo: Record<keyof typeof queriesEn, string> = {
  'filter.withSpeech': '말소리 있음',
  'filter.withoutSpeech': '말소리 없음',
  'filter.near': '{{place}} 근처',
  'filter.shorter': '길이 {{length}} 이하',
  'filter.longer': '길이 {{length}} 이상',
  'filter.lengthBetween': '길이 {{from}}–{{until}}',
  'intent.first': '{{kinds}} 먼저',
  'intent.spoken': '말한 내용',
  'want.weighted': '{{text}} ×{{weight}}',
  'want.plus': '+ {{text}}',
  'want.minus': '− {{text}}',
  'field.name': '이름',
  'field.title': '제목',
  'field.keywords': '키워드',
  'field.description': '설명',
  'field.said': '말한 내용',
  'field.folder': '폴더',
};
