// Runs in the engine: the names that a query's filters and their values go by, in English and Korean, as data.
import type { ItemKind } from '../../../contract/index.ts';

/** What a key in a query asks for; each is one way of reading the value behind it. */
export type QueryKey =
  | 'kind'
  | 'folder'
  | 'camera'
  | 'lens'
  | 'before'
  | 'after'
  | 'since'
  | 'date'
  | 'when'
  | 'rating'
  | 'has'
  | 'lacks'
  | 'is'
  | 'duration'
  | 'tag'
  | 'album'
  | 'near'
  | 'prefer'
  | 'sort';

const keys: Readonly<Record<QueryKey, readonly string[]>> = {
  kind: ['type', 'kind', '종류', '유형', '형식'],
  folder: ['in', 'folder', '폴더', '위치폴더'],
  camera: ['camera', '카메라', '사진기'],
  lens: ['lens', '렌즈'],
  before: ['before', '이전', '전'],
  after: ['after', '이후', '후'],
  since: ['since', '부터'],
  date: ['date', '날짜', '때', '촬영일'],
  // Dates and kinds in plain words, as a plan is printed with them.
  when: ['when', '언제'],
  prefer: ['prefer', '먼저'],
  duration: ['duration', 'length', '길이', '시간'],
  tag: ['tag', '태그', '꼬리표'],
  album: ['album', '앨범', '사진첩'],
  near: ['near', '근처', '가까이'],
  rating: ['rating', 'stars', '별점', '평점', '별'],
  has: ['has', 'with', '있음', '포함'],
  lacks: ['no', 'without', '없음'],
  is: ['is', '상태'],
  sort: ['sort', '정렬', '순서'],
};

const kinds: Readonly<Record<ItemKind, readonly string[]>> = {
  picture: ['picture', 'pictures', 'photo', 'photos', 'image', 'images', '사진', '그림', '이미지', '화상'],
  video: ['video', 'videos', 'movie', 'movies', 'film', 'clip', '영상', '동영상', '비디오', '영화'],
  audio: ['audio', 'sound', 'sounds', 'recording', 'music', '소리', '오디오', '음성', '녹음', '음악'],
};

const sorts = {
  newest: ['date', 'newest', 'new', 'latest', '날짜', '최신', '최신순', '날짜순'],
  oldest: ['oldest', 'old', '오래된', '오래된순', '과거순'],
  relevance: ['relevance', 'best', '관련', '관련도', '관련순'],
} as const;

const properties = {
  favourite: ['favourite', 'favorite', 'fav', 'loved', '즐겨찾기', '좋아요'],
  hidden: ['hidden', '숨김', '숨긴'],
  speech: ['speech', 'voice', 'talk', 'words', '말', '음성', '대사', '목소리'],
  gps: ['gps', 'location', 'place', 'coordinates', '위치', '장소', '좌표'],
  animated: ['animated', 'animation', 'moving', '움직임', '움직이는', '움짤', '애니메이션'],
} as const;

function lookup<Name extends string>(
  table: Readonly<Record<Name, readonly string[]>>,
): (word: string) => Name | null {
  const byWord = new Map<string, Name>();
  for (const name of Object.keys(table) as Name[]) for (const word of table[name]) byWord.set(word, name);
  return (word) => byWord.get(word.normalize('NFKC').toLowerCase()) ?? null;
}

/** The key that a word before a colon means; null: none, and the whole is text. */
export const keyOf = lookup(keys);
export const kindOf = lookup(kinds);
export const sortOf = lookup(sorts);
export const propertyOf = lookup(properties);

/** Every kind there is, in the contract's order. */
export const allKinds: readonly ItemKind[] = ['picture', 'video', 'audio'];
