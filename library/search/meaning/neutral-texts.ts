// Runs in the engine: texts that fit any picture and none, as data. Pictures are judged against them.

const english = [
  ...['a photo', 'a picture', 'an image', 'a snapshot', 'a photograph taken by someone', 'a scene'],
  ...['a picture of something', 'a photo of a thing', 'a photo of an object', 'something', 'anything'],
  ...['an object', 'a thing on a surface', 'a place somewhere', 'somewhere', 'some time ago', 'a view'],
  ...['a moment', 'a memory', 'an ordinary day', 'a detail', 'a close look at something', 'a file'],
  ...['the background', 'a shape', 'a pattern', 'a mixture of things', 'an idea', 'a concept', 'a word'],
  ...['this and that', 'the usual', 'an example', 'nothing in particular', 'it is what it is'],
  ...['a good picture', 'a bad picture', 'a blurry photo', 'a bright photo', 'a dark photo'],
];

const korean = [
  ...['사진', '그림', '이미지', '어떤 것', '무언가의 사진', '어떤 장면', '어딘가', '어느 날'],
  ...['평범한 순간', '하나의 예', '여러 가지', '아무것이나', '배경', '모양'],
];

/** @param languages - what the pack knows: BCP 47, or `*` for many */
export function neutralTexts(languages: readonly string[]): string[] {
  const knowsKorean = languages.some((language) => language === '*' || language.split('-')[0] === 'ko');
  return knowsKorean ? [...english, ...korean] : english;
}
