// Data of a test and of docs/query-language.md: what is written in the library, what is typed, and why it is hard.

/** A library of names and titles; each case must find the one whose text is given. */
export const cases: readonly (readonly [written: string, typed: string, what: string])[] = [
  // inside a longer word
  ['바닷가에서', '바닷가', 'a word inside a longer one'],
  ['바닷가에서', '바닷', 'two letters of it'],
  ['가족사진 모음', '사진', 'the second half of a compound'],
  ['가족사진 모음', '가족', 'the first half of a compound'],
  ['제주도여행', '여행', 'the end of a name without spaces'],
  ['제주도여행', '제주', 'its beginning'],
  ['제주도여행', '제주도', 'three letters'],
  ['벚꽃축제', '벚꽃', 'two letters'],
  ['벚꽃축제', '축제', 'two letters at the end'],
  ['졸업식', '졸업', 'two of three letters'],
  // two letters, one letter
  ['배', '배', 'a word of one letter'],
  ['눈 오는 날', '눈', 'one letter among words'],
  ['생일 파티', '생일', 'a word of two letters'],
  ['산책', '산책', 'a word of two letters alone'],
  // particles in what is typed
  ['고양이', '고양이가', 'subject particle'],
  ['고양이', '고양이를', 'object particle'],
  ['고양이', '고양이는', 'topic particle'],
  ['고양이', '고양이들', 'plural'],
  ['고양이', '고양이랑', 'with'],
  ['생일 파티', '파티에서', 'at'],
  ['할머니 댁', '할머니와', 'and'],
  ['할머니 댁', '할머니에게', 'to'],
  ['부산 해운대', '부산에서는', 'in, as for'],
  ['부산 해운대', '부산까지', 'as far as'],
  ['설악산 단풍', '설악산으로', 'towards'],
  ['설악산 단풍', '설악산의', 'of'],
  // particles in what is written
  ['친구들과 함께', '친구', 'written with plural and particle'],
  ['공원에서 자전거', '공원', 'written with a particle'],
  ['아빠의 낚시', '아빠', 'written with a particle'],
  ['엄마랑 시장', '엄마', 'written with a particle'],
  ['바다로 떠난 날', '바다', 'written with a particle'],
  // spaces left out or put in
  ['한강 공원', '한강공원', 'a space left out'],
  ['결혼 기념일', '결혼기념일', 'a space left out'],
  ['겨울 왕국', '겨울왕국', 'a space left out'],
  ['첫 눈', '첫눈', 'a space left out of two letters with a longer one'],
  ['동해바다', '동해 바다', 'a space put in'],
  ['크리스마스트리', '크리스마스 트리', 'a space put in'],
  ['불꽃놀이', '불꽃 놀이', 'a space put in'],
  ['한강 공원', '한강공원에서', 'a space left out, with a particle'],
  // one slip of a key
  ['강아지', '강아쥐', 'one vowel wrong'],
  ['고양이', '고얌이', 'one final wrong'],
  ['자전거', '자전커', 'one consonant wrong'],
  ['해수욕장', '해수욕짱', 'a doubled consonant'],
  ['크리스마스트리', '크리스머스', 'one vowel wrong within a long word'],
  ['비행기', '비행끼', 'a doubled consonant'],
  ['놀이공원', '놀이꽁원', 'a doubled consonant inside'],
  ['Christmas market', 'chrismas', 'a letter left out in Latin'],
  ['Barcelona', 'barcelone', 'a letter wrong in Latin'],
  ['Barcelona', 'barceloan', 'two letters in the wrong order'],
  // first consonants, while typing
  ['고양이', 'ㄱㅇㅇ', 'first consonants of a word'],
  ['강아지', 'ㄱㅇㅈ', 'first consonants of a word'],
  ['자전거', 'ㅈㅈㄱ', 'first consonants of a word'],
  ['졸업식', 'ㅈㅇㅅ', 'first consonants of a word'],
  ['할머니 댁', 'ㅎㅁㄴ', 'first consonants of a word'],
  ['비행기', 'ㅂㅎ', 'two of them'],
  ['놀이공원', 'ㄴㅇㄱㅇ', 'four of them'],
  ['바닷가에서', '바닷ㄱ', 'a letter not finished while typing'],
  ['강아지', '강아ㅈ', 'a letter not finished while typing'],
  // other scripts, decomposed names
  ['제주도여행', '제주'.normalize('NFD'), 'typed in parts, as some systems do'],
  ['東京タワー', '東京', 'Chinese characters within a Japanese word'],
  ['東京タワー', 'タワー', 'Katakana'],
  ['黒猫', '猫', 'one character of a word'],
  ['长城', '长城', 'Chinese'],
  ['가나다라 ABC폴더', 'abc', 'Latin beside Hangul'],
];

/** What must not be found: near is not the same. */
export const absent: readonly (readonly [written: string, typed: string, what: string])[] = [
  ['배경', '배', 'one letter of another word'],
  ['고양이', '고구마', 'another word'],
  ['눈 오는 날', '눈사람', 'a longer word than is written'],
  ['산책', '상책임', 'two slips'],
  ['horse', 'house', 'short words are not guessed'],
];
