// Runs in Electron's main process: the words of the native menu and the tray, each in English and Korean.
import type { ShellCommand } from '../contract/desktop.ts';

export type MenuLanguage = 'en' | 'ko';

/** The language of the menu for a locale such as `ko-KR`. */
export const menuLanguage = (locale: string): MenuLanguage => (/^ko\b/i.test(locale) ? 'ko' : 'en');

const commandTexts: Record<ShellCommand, readonly [string, string]> = {
  'add-folder': ['Add a Folder…', '폴더 추가…'],
  'look-again': ['Look for Changes Now', '지금 변경 사항 확인'],
  settings: ['Settings…', '설정…'],
  errors: ['Files with Problems…', '문제가 있는 파일…'],
  keys: ['Keys', '단축키'],
  find: ['Search', '검색'],
  undo: ['Undo', '실행 취소'],
  redo: ['Redo', '다시 실행'],
  'select-all': ['Select All', '모두 선택'],
  'select-none': ['Select None', '선택 해제'],
  'open-with': ['Open in Its Program', '기본 프로그램으로 열기'],
  reveal: ['Show in Its Folder', '폴더에서 보기'],
  export: ['Export…', '내보내기…'],
  trash: ['Move to the Trash…', '휴지통으로 이동…'],
  favourite: ['Favourite', '즐겨찾기'],
  'rate-1': ['One Star', '별 한 개'],
  'rate-2': ['Two Stars', '별 두 개'],
  'rate-3': ['Three Stars', '별 세 개'],
  'rate-4': ['Four Stars', '별 네 개'],
  'rate-5': ['Five Stars', '별 다섯 개'],
  'rate-0': ['No Stars', '별 없음'],
  tags: ['Tags…', '태그…'],
  'new-album': ['New Album…', '새 앨범…'],
  'hide-item': ['Hide', '숨기기'],
  'more-like-this': ['More Like This', '비슷한 사진 더 보기'],
  previous: ['Previous', '이전'],
  next: ['Next', '다음'],
  'side-bar': ['Side Bar', '사이드바'],
  details: ['Details', '세부 정보'],
  outlines: ['Outline What Was Seen', '찾은 것에 윤곽선 표시'],
  filmstrip: ['Filmstrip', '필름 스트립'],
  compare: ['Compare', '비교'],
  slideshow: ['Slideshow', '슬라이드쇼'],
};

export const menuTexts = {
  ...commandTexts,
  app: ['Afterimage', 'Afterimage'],
  file: ['File', '파일'],
  edit: ['Edit', '편집'],
  item: ['Picture', '사진'],
  stars: ['Stars', '별점'],
  view: ['View', '보기'],
  window: ['Window', '윈도우'],
  help: ['Help', '도움말'],
  about: ['About Afterimage', 'Afterimage 정보'],
  services: ['Services', '서비스'],
  hide: ['Hide Afterimage', 'Afterimage 가리기'],
  hideOthers: ['Hide Others', '기타 가리기'],
  unhide: ['Show All', '모두 보기'],
  quit: ['Quit Afterimage', 'Afterimage 종료'],
  close: ['Close Window', '윈도우 닫기'],
  cut: ['Cut', '잘라내기'],
  copy: ['Copy', '복사'],
  paste: ['Paste', '붙여넣기'],
  resetZoom: ['Actual Size', '실제 크기'],
  zoomIn: ['Zoom In', '확대'],
  zoomOut: ['Zoom Out', '축소'],
  togglefullscreen: ['Full Screen', '전체 화면'],
  minimize: ['Minimise', '최소화'],
  zoom: ['Zoom', '확대/축소'],
  front: ['Bring All to Front', '모두 앞으로 가져오기'],
  open: ['Open Afterimage', 'Afterimage 열기'],
  indexed: ['Your library is ready', '라이브러리가 준비되었습니다'],
  away: [
    'Your library lies on a disk that is not connected now. Connect it, then try again.',
    '라이브러리가 있는 디스크가 지금 연결되어 있지 않습니다. 디스크를 연결하고 다시 시도하세요.',
  ],
  tryAgain: ['Try Again', '다시 시도'],
  inUse: [
    'Another program has this library open. Close it, then start Afterimage again.',
    '다른 프로그램이 이 라이브러리를 사용하고 있습니다. 그 프로그램을 닫고 다시 시작하세요.',
  ],
} as const satisfies Record<string, readonly [string, string]>;
export type MenuText = keyof typeof menuTexts;

export const menuText = (name: MenuText, language: MenuLanguage): string =>
  menuTexts[name][language === 'ko' ? 1 : 0];

/** What a finished index is told by. */
export const indexedText = (items: number, language: MenuLanguage): string =>
  language === 'ko'
    ? `${items.toLocaleString('ko')}개 항목을 내용으로 찾을 수 있습니다.`
    : `${items.toLocaleString('en')} items can be found by what is in them.`;
