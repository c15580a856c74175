// Runs in the page: the sheet of keys.
import { useT } from '../i18n/i18n.ts';
import type { Key } from '../i18n/i18n.ts';
import { Dialog } from '../ui/dialog.tsx';
import './keys-dialog.css';

const command = /Mac|iPhone|iPad/.test(navigator.userAgent) ? '⌘' : 'Ctrl';

const SHEET: readonly (readonly [Key, readonly (readonly [Key, readonly string[]])[]])[] = [
  [
    'keys.everywhere',
    [
      ['keys.search', ['/', `${command} F`]],
      ['keys.clear', ['Esc']],
      ['keys.paste', [`${command} V`]],
      ['keys.sidebar', ['B']],
      ['keys.sheet', ['?']],
    ],
  ],
  [
    'keys.grid',
    [
      ['keys.intoGrid', ['↓']],
      ['keys.move', ['←', '→', '↑', '↓']],
      ['keys.open', ['Enter', 'Space']],
      ['keys.far', ['Page ↑', 'Page ↓', 'Home', 'End']],
      ['keys.moreLike', ['M']],
      ['keys.fold', ['+', '−']],
    ],
  ],
  [
    'timeline.scrubber',
    [
      ['keys.months', ['↑', '↓']],
      ['keys.years', ['Page ↑', 'Page ↓']],
    ],
  ],
  [
    'keys.selection',
    [
      ['keys.select', ['X']],
      ['keys.stretch', ['Shift', '→']],
      ['keys.selectAll', [`${command} A`]],
      ['keys.selectNone', ['Esc']],
      ['keys.favourite', ['F']],
      ['keys.stars', ['1', '–', '5', '0']],
      ['keys.undo', [`${command} Z`, `${command} ⇧ Z`]],
    ],
  ],
  [
    'keys.viewer',
    [
      ['keys.neighbours', ['←', '→']],
      ['keys.favourite', ['H']],
      ['keys.zoom', ['+', '−', '0', '1']],
      ['keys.fullScreen', ['F']],
      ['keys.slideshow', ['S']],
      ['keys.compare', ['C']],
      ['keys.filmstrip', ['T']],
      ['keys.details', ['I']],
      ['keys.regions', ['R']],
      ['keys.close', ['Esc']],
    ],
  ],
  [
    'keys.player',
    [
      ['keys.playPause', ['Space', 'K']],
      ['keys.favourite', ['H']],
      ['keys.seek', ['←', '→']],
      ['keys.seekFar', ['J', 'L']],
      ['keys.clipEnds', ['[', ']']],
      ['keys.copyLink', ['C']],
      ['keys.neighbourItems', ['Shift ←', 'Shift →']],
    ],
  ],
];

export function KeysDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  return (
    <Dialog title={t('keys.title')} onClose={onClose}>
      {SHEET.map(([title, rows]) => (
        <section key={title} className="keys">
          <h3>{t(title)}</h3>
          <dl>
            {rows.map(([what, keys]) => (
              <div key={what}>
                <dt>{t(what)}</dt>
                <dd>
                  {keys.map((key) => (
                    <kbd key={key}>{key}</kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Dialog>
  );
}
