// Runs in the page: names and paths that are passed over, one pattern a line.
import { useState } from 'react';
import { failureIn } from '../engine/failure.ts';
import { useSetSettings, useSettings } from '../engine/settings.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { FailureText } from '../ui/failure-text.tsx';

export function IgnoreSection() {
  const t = useT();
  const settings = useSettings().data;
  const set = useSetSettings();
  const [typed, setTyped] = useState<string | null>(null);
  const kept = settings?.ignore.join('\n') ?? '';
  const text = typed ?? kept;
  const save = () =>
    set.mutate(
      { ignore: text.split('\n').filter((line) => line.trim() !== '') },
      { onSuccess: () => setTyped(null) },
    );
  return (
    <section className="setting" aria-labelledby="ignore-title">
      <h3 id="ignore-title">{t('ignore.title')}</h3>
      <textarea
        className="text-area"
        aria-labelledby="ignore-title"
        aria-describedby="ignore-explain"
        spellCheck={false}
        placeholder={'*.psd\nscreenshots/\n/private/**'}
        value={text}
        onChange={(event) => setTyped(event.target.value)}
      />
      <p id="ignore-explain" className="setting-note">
        {t('ignore.explain')}
      </p>
      {text !== kept && (
        <div className="setting-actions">
          <Button look="primary" disabled={set.isPending} onClick={save}>
            {t('ignore.save')}
          </Button>
          <Button onClick={() => setTyped(null)}>{t('common.cancel')}</Button>
        </div>
      )}
      {set.error && <FailureText failure={failureIn(set.error)} />}
    </section>
  );
}
