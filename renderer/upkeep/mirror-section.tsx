// Runs in the page: a server to take packs from instead of their own: a mirror, and how to do without any.
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useId, useState } from 'react';
import { useEngine } from '../engine/engine.ts';
import { failureIn } from '../engine/failure.ts';
import { useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { FailureText } from '../ui/failure-text.tsx';

export function MirrorSection() {
  const t = useT();
  const { client } = useEngine();
  const cache = useQueryClient();
  const id = useId();
  const [typed, setTyped] = useState<string | null>(null);
  const kept = useQuery({ queryKey: ['packs', 'mirror'], queryFn: () => client.packs.mirror() }).data ?? '';
  const set = useMutation({
    mutationFn: (address: string) => client.packs.setMirror(address === '' ? null : address),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['packs'] });
      setTyped(null);
    },
  });
  const text = typed ?? kept;
  const save = () => set.mutate(text.trim());
  return (
    <section className="setting pack-mirror" aria-labelledby={id}>
      <h3 id={id}>
        <label htmlFor={`${id}-address`}>{t('mirror.title')}</label>
      </h3>
      <input
        className="text-field mirror-address"
        type="text"
        inputMode="url"
        dir="ltr"
        spellCheck={false}
        id={`${id}-address`}
        aria-describedby={`${id}-explain`}
        placeholder="https://mirror.example.org/"
        value={text}
        onChange={(event) => setTyped(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.nativeEvent.isComposing) save();
        }}
      />
      <p id={`${id}-explain`} className="setting-note">
        {t('mirror.explain')}
      </p>
      {text !== kept && (
        <div className="setting-actions">
          <Button look="primary" disabled={set.isPending} onClick={save}>
            {t('mirror.save')}
          </Button>
          <Button onClick={() => setTyped(null)}>{t('common.cancel')}</Button>
        </div>
      )}
      {set.error && <FailureText failure={failureIn(set.error)} />}
    </section>
  );
}
