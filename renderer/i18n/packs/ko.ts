// Runs in the page: what the pack manager says of packs that can be downloaded, in Korean.
import type { packsEn } from './en.ts';

export const packsKo: Record<keyof typeof packsEn, string> = {
  'offers.title': '내려받을 수 있는 팩',
  'offers.privacy': '내려받을 때만, 그리고 팩에 적힌 서버에만 연결합니다.',
  'offers.recommended': '추천',
  'offers.whyRecommended': '이 컴퓨터에 맞는 가장 좋은 팩: 메모리 {{memory}}, 여유 공간 {{free}}.',
  'offers.tooLarge': '메모리 {{needed}}가 필요합니다. 이 컴퓨터는 {{memory}}입니다.',
  'offers.unverified': '받는 동안 공개된 다이제스트와 비교합니다.',
  'offers.cost': '이 컴퓨터에서 사진 1,000장에 {{time}}',
  'offers.measuring': '이 컴퓨터에서 재는 중…',
  'offers.sentences': '어떤 문장이든, {{languages}}',
  'offers.speech': '말을 받아 적습니다, {{languages}}',
  'offers.manyLanguages': '여러 언어',
  'offers.inLanguages': '{{languages}}',
  'offers.install': '내려받기…',
  'offers.installName': '{{name}} 내려받기',
  'offers.ask': '{{size}}를 {{license}} 라이선스로 내려받을까요?',
  'offers.hosts': '서버: {{hosts}}',
  'offers.yes': '내려받기',
  'offers.stop': '일시 정지',
  'offers.goOn': '계속',
  'offers.discard': '취소하고 받은 부분 삭제',
  'offers.progress': '{{name}} 내려받기',
  'offers.of': '{{total}} 중 {{done}}',
  'offers.rate': '초당 {{rate}}',
  'offers.left': '{{time}} 남음',
  'offers.stopped': '{{total}} 중 {{done}}에서 멈춤',
  'mirror.title': '미러',
  'mirror.explain':
    '같은 파일을 다른 서버에서 받습니다. 파일마다 다이제스트로 확인하는 것은 같습니다. 비워 두면 원래 서버에서 받습니다. 네트워크가 없으면 팩 폴더를 복사해 와서 위에서 가져오세요.',
  'mirror.save': '이 주소 사용',
};
