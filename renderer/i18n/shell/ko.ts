// Runs in the page: what the desktop app says beside its window, in Korean.
import type { shellEn } from './en.ts';

export const shellKo: Readonly<Record<keyof typeof shellEn, string>> = {
  'shell.nothing': '먼저 사진을 열거나 선택하세요.',
  'shell.watchTitle_one': '이 폴더를 살펴볼까요?',
  'shell.watchTitle_other': '이 폴더 {{n}}개를 살펴볼까요?',
  'shell.watch': '살펴보기',
  'shell.watchExplain':
    '안에 있는 사진, 영상, 소리를 검색할 수 있게 됩니다. 폴더 안의 어떤 것도 바꾸지 않습니다.',
  'shell.notKnown': '{{name}} 파일은 라이브러리에 없습니다.',
  'settings.desktop': '데스크톱',
  'desktop.title': '창 밖에서',
  'desktop.keepWatching': '창을 닫아도 계속 살펴보기',
  'desktop.keepWatchingExplain': '트레이에 남아 새 파일을 색인합니다.',
  'desktop.openAtLogin': '컴퓨터와 함께 시작',
  'desktop.openAtLoginExplain': '트레이에 남을 수 있으면 창 없이 시작합니다.',
  'desktop.notify': '오래 걸린 색인이 끝나면 알리기',
  'desktop.notifyExplain': '다른 일을 하는 동안 시스템 알림으로 알립니다.',
  'desktop.checkForUpdates': '하루에 한 번 새 버전 확인',
  'desktop.checkForUpdatesExplain':
    '릴리스가 올라가는 github.com에 묻습니다. 새 버전은 Afterimage를 끝낼 때 설치됩니다. 꺼 두면 아무것도 묻지 않습니다.',
  'details.openWith': '기본 프로그램으로 열기',
  'drop.orFolder': '폴더를 놓으면 그 폴더를 살펴봅니다.',
};
