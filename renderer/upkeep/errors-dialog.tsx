// Runs in the page: the files that could not be read, why, and what to do.
import { failureIn } from '../engine/failure.ts';
import { useErrorOrders } from '../engine/settings.ts';
import { useErrors, useRetry } from '../engine/queries.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureText, useFailureWords } from '../ui/failure-text.tsx';
import { RetryIcon, WarningIcon } from '../ui/icons.ts';
import { PathLine } from '../ui/path-line.tsx';
import { CopyButton } from '../viewer/copy-button.tsx';
import './entries.css';

export function ErrorsDialog({ onClose }: { readonly onClose: () => void }) {
  const t = useT();
  const format = useFormat();
  const words = useFailureWords();
  const errors = useErrors();
  const retry = useRetry();
  const orders = useErrorOrders();
  const again = (path?: string) => {
    for (const order of [retry, orders.retry, orders.ignore]) order.reset();
    if (path === undefined) retry.mutate(undefined);
    else orders.retry.mutate(path);
  };
  const count = errors.data?.length ?? 0;
  const retried = orders.retry.data ?? retry.data;
  /** The last thing that was asked for, and that it is being done. */
  const said = orders.ignore.isSuccess
    ? t('errors.ignored')
    : retried && t('errors.retried', { count: retried.retried, n: format.number(retried.retried) });
  const failure = errors.error ?? retry.error ?? orders.retry.error ?? orders.ignore.error;
  return (
    <Dialog
      size="wide"
      title={t('errors.title')}
      icon={<WarningIcon size={19} strokeWidth={1.9} />}
      onClose={onClose}
      footer={
        <>
          <span className="entries-said" role="status">
            {said}
          </span>
          <Button
            look="primary"
            icon={<RetryIcon size={16} aria-hidden />}
            disabled={count === 0 || retry.isPending}
            onClick={() => again()}
          >
            {t('errors.retry')}
          </Button>
        </>
      }
    >
      {failure && <FailureText failure={failureIn(failure)} />}
      {errors.data && count === 0 && <p className="entries-none">{t('errors.none')}</p>}
      {count > 0 && <p className="entries-none">{t('errors.explain')}</p>}
      <ul>
        {errors.data?.map((row) => {
          const { reason, remedy } = words(row);
          return (
            <li key={`${row.step} ${row.path}`} className="entry">
              <div className="entry-text">
                <PathLine path={row.path} />
                <span>{reason}</span>
                {remedy !== '' && <small>{remedy}</small>}
              </div>
              <CopyButton text={row.path} label={t('details.copyPath')} />
              <Button disabled={orders.retry.isPending} onClick={() => again(row.path)}>
                {t('common.tryAgain')}
              </Button>
              <Button disabled={orders.ignore.isPending} onClick={() => orders.ignore.mutate(row.path)}>
                {t('errors.ignore')}
              </Button>
            </li>
          );
        })}
      </ul>
    </Dialog>
  );
}
