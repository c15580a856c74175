// Runs in the command line: questions that a library has no answer to. Serves `bench cutoff`.

/** Things that no picture of the library shows and no name says, and that the built-in pack has no name for. */
const english = [
  ...['submarine', 'telescope', 'volcano', 'xylophone', 'chandelier', 'scaffolding', 'typewriter', 'anvil'],
  ...['harpsichord', 'glacier', 'periscope', 'wheelbarrow', 'sundial', 'gargoyle', 'accordion', 'lighthouse'],
  ...[
    'stethoscope',
    'metronome',
    'chrysalis',
    'stalactite',
    'catapult',
    'gyroscope',
    'tambourine',
    'windmill',
  ],
  ...['obelisk', 'barometer', 'parachute', 'trombone', 'sextant', 'aqueduct', 'marionette', 'centrifuge'],
];
const korean = [
  ...['잠수함', '망원경', '화산', '실로폰', '샹들리에', '타자기', '빙하', '손수레', '해시계', '아코디언'],
  ...['청진기', '메트로놈', '번데기', '종유석', '투석기', '탬버린', '풍차', '기압계', '낙하산', '트롬본'],
  ...[
    '육분의',
    '꼭두각시',
    '원심분리기',
    '대장간',
    '등대지기',
    '봉수대',
    '거문고',
    '맷돌',
    '물레방아',
    '장독대',
  ],
];

export function letters(random: () => number, length = 8): string {
  return Array.from({ length }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
}

function hangul(random: () => number, length = 3): string {
  return Array.from({ length }, () => String.fromCodePoint(0xac00 + Math.floor(random() * 11_172))).join('');
}

/** Words as a language might have them: syllables in turns of consonant and vowel, and common Hangul syllables. */
function invented(random: () => number, inKorean: boolean): string {
  const one = (from: string): string => [...from][Math.floor(random() * [...from].length)] ?? '';
  const syllable = inKorean
    ? () => one('가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노도로모보소오조초코토포호')
    : () => one('bdfgklmnprstvz') + one('aeiou');
  return Array.from({ length: 3 + Math.floor(random() * 2) }, syllable).join('');
}

/**
 * A question without an answer: in turns one or two invented words, things that exist and are not there, and
 * letters at random; in English, Korean, or both.
 *
 * @param absent - more words for things that are not in the library
 */
export function nonsense(n: number, random: () => number, absent: readonly string[] = []): string {
  const words = n % 2 === 0 ? english : korean;
  const pick = (list: readonly string[]): string => list[Math.floor(random() * list.length)] ?? '';
  switch (n % 5) {
    case 0:
      return invented(random, n % 2 === 1);
    case 1:
      return `${invented(random, n % 2 === 1)} ${invented(random, n % 2 === 1)}`;
    case 2:
      return absent.length > 0 && n % 3 > 0 ? pick(absent) : pick(words);
    case 3:
      return `${pick(words)} ${pick(words)}`;
    default:
      return n % 2 === 0 ? letters(random, 4 + Math.floor(random() * 8)) : hangul(random);
  }
}
