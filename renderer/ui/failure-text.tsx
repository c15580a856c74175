// Runs in the page: a failure in the person's words: what happened, and what to do.
import type { FailureData } from '../../contract/failures.ts';
import { useLanguage, useT } from '../i18n/i18n.ts';
import './failure-text.css';

/** The two sentences of a failure. The engine's own are English and say more; else they go by the code. */
export function useFailureWords(): (failure: FailureData) => {
  readonly reason: string;
  readonly remedy: string;
} {
  const t = useT();
  const english = useLanguage() === 'en';
  return (failure) => ({
    reason: english && failure.reason !== '' ? failure.reason : t(`failure.${failure.code}`),
    remedy: english && failure.reason !== '' ? failure.remedy : t(`remedy.${failure.code}`),
  });
}

export function FailureText({ failure }: { readonly failure: FailureData }) {
  const { reason, remedy } = useFailureWords()(failure);
  return (
    <p className="failure-text" role="alert">
      {reason} {remedy}
    </p>
  );
}
