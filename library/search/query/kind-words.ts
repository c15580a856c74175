// Runs in the engine: a kind of thing asked for in words ("video of …", "… 사진"), as an intent. Pure.
import type { ItemKind, Plan } from '../../../contract/index.ts';

type Intent = NonNullable<Plan['intent']>;

const nouns: Readonly<Record<ItemKind, { readonly english: string; readonly korean: string }>> = {
  picture: {
    english: 'photos?|photographs?|pictures?|images?|pics?|snapshots?',
    korean: '사진|이미지',
  },
  video: {
    english: 'videos?|clips?|video clips?|movies?|films?|footage',
    korean: '동영상|영상|비디오|영화',
  },
  audio: {
    english: 'recordings?|audio|sound recordings?|voice memos?',
    korean: '녹음|오디오|음성|소리',
  },
};
const says =
  '(?:some(?:one|body)|people|they|he|she|we|I|you|a (?:man|woman|child))\\s+(?:says?|said|is saying|talks? about|is talking about|mentions?)';
const saysKorean = '(?:이?라고|다고|라는|다는|란)?\\s*(?:말하는|말한|말했던|얘기하는|이야기하는)';
const ask = '(?:(?:show|find|give|get)(?: me)?\\s+)?(?:(?:all|some|any|the|my|our|a|an)\\s+)*';
const askKorean = '(?:들)?(?:을|를|이|가|만)?(?:\\s*(?:찾아|보여)\\s*(?:줘|주세요|줄래))?';

interface Form {
  readonly kinds: readonly ItemKind[];
  readonly spoken: boolean;
  readonly form: RegExp;
}

const forms: readonly Form[] = (Object.keys(nouns) as ItemKind[]).flatMap((kind) => {
  const { english, korean } = nouns[kind];
  return [
    {
      kinds: kind === 'audio' ? (['audio', 'video'] as const) : [kind],
      spoken: true,
      form: new RegExp(`^(?<said>${ask}(?:${english})\\s+(?:where|in which|of)\\s+${says})\\s+\\S`, 'iu'),
    },
    {
      kinds: kind === 'audio' ? (['audio', 'video'] as const) : [kind],
      spoken: true,
      form: new RegExp(`\\S(?<said>\\s*${saysKorean}\\s*(?:${korean})${askKorean})$`, 'u'),
    },
    {
      kinds: [kind],
      spoken: false,
      form: new RegExp(
        `^(?<said>${ask}(?:${english})\\s+(?:of|with|showing|from|where|in which))\\s+\\S`,
        'iu',
      ),
    },
    {
      kinds: [kind],
      spoken: false,
      // A word of its own: '가족사진' is a thing, '가족 사진' a picture of one.
      form: new RegExp(`\\S(?<said>\\s+(?:${korean})${askKorean})$`, 'u'),
    },
  ];
});

const names = (Object.keys(nouns) as ItemKind[]).map((kind) => ({
  kind,
  form: new RegExp(`^(?:${ask}(?:${nouns[kind].english})|(?:${nouns[kind].korean})${askKorean})$`, 'iu'),
}));

/** The kind that a text asks for and nothing else ("videos", "사진 보여줘"); null: it says more, or something else. */
export function kindNamed(text: string): ItemKind | null {
  return names.find(({ form }) => form.test(text))?.kind ?? null;
}

/**
 * What kind a text asks for, and the text without the words that say so. The kind only comes first: nothing
 * is hidden. (UniIR, Wei et al. 2024, gives a retriever such instructions as part of the query.)
 */
export function findIntent(text: string): { readonly intent: Intent; readonly rest: string } | null {
  for (const { kinds, spoken, form } of forms) {
    const match = form.exec(text);
    const said = match?.groups?.['said'];
    if (match === null || said === undefined) continue;
    const at = text.indexOf(said, match.index);
    const rest = `${text.slice(0, at)} ${text.slice(at + said.length)}`.replace(/\s+/gu, ' ').trim();
    if (rest === '') continue;
    return { intent: { kinds: [...kinds], spoken, text: said.trim() }, rest };
  }
  return null;
}

/** The intent that a text by itself says, as it is kept in a printed plan; null when it says none. */
export function intentOf(said: string): Intent | null {
  const found = findIntent(`${said} x`) ?? findIntent(`x ${said}`) ?? findIntent(`x${said}`);
  return found?.intent.text === said ? found.intent : null;
}
