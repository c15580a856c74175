// Runs anywhere: what a pack calls what it sees, in the words of a person's language. Serves page and command line.
import type { Why } from './search.ts';

/** Where the name that the engine writes is no word: what a person says instead. */
const english: Readonly<Record<string, string>> = {
  ...{
    bw: 'black and white',
    indoor: 'indoors',
    outdoor: 'outdoors',
    tv: 'screen',
    remote: 'remote control',
  },
  ...{
    'people 0': 'nobody',
    'people 1': 'one person',
    'people 2': 'two people',
    'people 3': 'several people',
  },
};

/** Names of the built-in pack's concepts; one that two concepts share stands for both. */
const korean: Readonly<Record<string, string>> = {
  ...{
    person: '사람',
    bicycle: '자전거',
    car: '자동차',
    motorcycle: '오토바이',
    airplane: '비행기',
    bus: '버스',
  },
  ...{ train: '기차', truck: '트럭', boat: '배', 'traffic light': '신호등', 'fire hydrant': '소화전' },
  ...{ 'stop sign': '정지 표지판', 'parking meter': '주차 미터기', bench: '벤치', bird: '새', cat: '고양이' },
  ...{ dog: '개', horse: '말', sheep: '양', cow: '소', elephant: '코끼리', bear: '곰', zebra: '얼룩말' },
  ...{ giraffe: '기린', backpack: '배낭', umbrella: '우산', handbag: '핸드백', tie: '넥타이' },
  ...{ suitcase: '여행 가방', frisbee: '프리스비', skis: '스키', snowboard: '스노보드', 'sports ball': '공' },
  ...{ kite: '연', 'baseball bat': '야구 배트', 'baseball glove': '야구 글러브', skateboard: '스케이트보드' },
  ...{
    surfboard: '서핑보드',
    'tennis racket': '테니스 라켓',
    bottle: '병',
    'wine glass': '와인잔',
    cup: '컵',
  },
  ...{ fork: '포크', knife: '칼', spoon: '숟가락', bowl: '그릇', banana: '바나나', apple: '사과' },
  ...{ sandwich: '샌드위치', broccoli: '브로콜리', carrot: '당근', 'hot dog': '핫도그', pizza: '피자' },
  ...{ donut: '도넛', cake: '케이크', chair: '의자', couch: '소파', 'potted plant': '화분', bed: '침대' },
  ...{
    'dining table': '식탁',
    toilet: '변기',
    tv: '화면',
    laptop: '노트북',
    mouse: '마우스',
    remote: '리모컨',
  },
  ...{ keyboard: '키보드', 'cell phone': '휴대폰', microwave: '전자레인지', oven: '오븐', toaster: '토스터' },
  ...{ sink: '싱크대', refrigerator: '냉장고', book: '책', clock: '시계', vase: '꽃병', scissors: '가위' },
  ...{ 'teddy bear': '곰 인형', 'hair drier': '헤어드라이어', toothbrush: '칫솔', indoor: '실내' },
  ...{ outdoor: '야외', water: '물', food: '음식', text: '글자', city: '도시', night: '밤', bw: '흑백' },
  ...{ black: '검은색', gray: '회색', white: '흰색', red: '빨간색', yellow: '노란색', blue: '파란색' },
  ...{ purple: '보라색', pink: '분홍색', brown: '갈색', dark: '어두운', bright: '밝은' },
  ...{ orange: '오렌지(색)', green: '초록' },
  ...{ 'people 0': '사람 없는', 'people 1': '한 사람', 'people 2': '두 사람', 'people 3': '여러 사람' },
  ...{ face: '얼굴', smiling: '웃는 얼굴' },
};

/**
 * A concept as a person of the language calls it; its own name where there is no other.
 *
 * @param label - as the engine writes it: "cat", "scene:water", "people 2"
 */
export function conceptWord(label: string, language: string): string {
  const plain = label.replace(/^(?:scene|colour|thing|tone|object):/u, '').replace(':', ' ');
  return (language === 'ko' ? korean : english)[plain] ?? plain;
}

/** A reason in the person's language: "cat 93 %" as "고양이 93 %". What is quoted of a file stays as it is. */
export function whyText({ kind, text }: Pick<Why, 'kind' | 'text'>, language: string): string {
  if (kind === 'concept') {
    const [, label, rest] = /^(.*)( \d+ %)$/u.exec(text) ?? [];
    return label === undefined ? text : conceptWord(label, language) + (rest ?? '');
  }
  if (kind !== 'picture' || language !== 'ko') return text;
  const same = /^the same picture as (.*)$/u.exec(text)?.[1];
  const like = /^looks like (.*)$/u.exec(text)?.[1];
  return same === undefined ? (like === undefined ? text : `닮은 그림: ${like}`) : `같은 그림: ${same}`;
}
