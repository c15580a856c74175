// Runs in the page: what the desktop app says beside its window, in English.
export const shellEn = {
  'shell.nothing': 'Open or select a picture first.',
  'shell.watchTitle_one': 'Watch this folder?',
  'shell.watchTitle_other': 'Watch these {{n}} folders?',
  'shell.watch': 'Watch',
  'shell.watchExplain': 'Its pictures, films and sounds become searchable. Nothing in it is changed.',
  'shell.notKnown': '{{name}} is not in your library.',
  'settings.desktop': 'Desktop',
  'desktop.title': 'Beside the window',
  'desktop.keepWatching': 'Keep watching when the window is closed',
  'desktop.keepWatchingExplain': 'Afterimage stays in the tray and indexes what is new.',
  'desktop.openAtLogin': 'Start with the computer',
  'desktop.openAtLoginExplain': 'Without a window, where it may stay in the tray.',
  'desktop.notify': 'Say when a long index is done',
  'desktop.notifyExplain': 'By a notification of the system, while you look elsewhere.',
  'desktop.checkForUpdates': 'Look for newer versions once a day',
  'desktop.checkForUpdatesExplain':
    'Asks github.com, where releases are put. Found ones are installed when Afterimage ends. Off, nothing is asked.',
  'details.openWith': 'Open in its program',
  'drop.orFolder': 'A folder can be dropped to watch it.',
} as const;
