// Runs in the page: what is said of moving the library, in Korean.
import type { movingEn } from './en.ts';

export const movingKo: Readonly<Record<keyof typeof movingEn, string>> = {
  'move.open': '보관함 옮기기…',
  'move.title': '보관함 옮기기',
  'move.explain':
    '색인, 미리보기, 팩, 그리고 직접 정한 모든 것이 다른 폴더나 디스크로 옮겨집니다. 사진은 있던 곳에 그대로 있습니다.',
  'move.pick': '보관함을 둘 곳 선택',
  'move.choose': '옮길 곳 선택…',
  'move.chooseOther': '다른 곳 선택…',
  'move.from': '지금 위치',
  'move.to': '옮길 위치',
  'move.size': '옮길 크기',
  'move.free': '남은 공간',
  'move.oneDisk': '같은 디스크 안이라 금방 끝나고 공간도 거의 들지 않습니다.',
  'move.missing': '공간이 {{bytes}} 모자랍니다. 공간을 비우거나 다른 곳을 선택하세요.',
  'move.keep': '옛 파일을 그대로 남겨 두기',
  'move.keepExplain': '더는 쓰이지 않습니다.',
  'move.start': '옮기기',
  'move.progress': '보관함 옮기는 중',
  'move.of': '{{total}} 중 {{done}}',
  'move.rate': '초당 {{bytes}}',
  'move.checking': '복사한 것을 확인하는 중…',
  'move.switching': '새 위치에서 보관함을 여는 중…',
  'move.background': '이 창을 닫아도 옮기기는 계속됩니다. 새 사진은 다 옮긴 뒤에 살펴봅니다.',
  'move.stop': '멈추기',
  'move.stopped': '멈추었습니다. 보관함은 있던 곳에 그대로 있고 복사한 것은 남지 않았습니다.',
  'move.done': '{{time}} 동안 {{bytes}}를 옮겼습니다. 이제 보관함은 여기에 있습니다.',
  'move.led': '옛 위치로 열어도 이곳으로 이어집니다.',
  'move.status': '보관함을 옮기는 중',
};
