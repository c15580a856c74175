// Runs in the page: asks before anything goes to the system's trash, with what that would take.
import { useState } from 'react';
import type { ItemId } from '../../contract/ids.ts';
import { failureIn } from '../engine/failure.ts';
import { useTrash, useTrashPlan } from '../engine/leaving.ts';
import { useFormat, useT } from '../i18n/i18n.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { FailureText } from '../ui/failure-text.tsx';
import { RemoveIcon } from '../ui/icons.ts';

export interface TrashDialogProps {
  readonly itemIds: readonly ItemId[];
  readonly onDone: () => void;
  readonly onClose: () => void;
}

export function TrashDialog({ itemIds, onDone, onClose }: TrashDialogProps) {
  const t = useT();
  const format = useFormat();
  const [chosen] = useState(() => [...itemIds]);
  const plan = useTrashPlan(chosen).data;
  const trash = useTrash();
  const failed = trash.data?.failed ?? [];
  const move = () =>
    trash.mutate(chosen, {
      onSuccess: (answer) => {
        onDone();
        if (answer.failed.length === 0) onClose();
      },
    });
  return (
    <Dialog
      icon={<RemoveIcon size={19} strokeWidth={1.9} />}
      look="danger"
      title={t('trash.title', { count: chosen.length, n: format.number(chosen.length) })}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t(failed.length > 0 ? 'common.close' : 'common.cancel')}</Button>
          {failed.length === 0 && (
            <Button
              look="danger"
              disabled={plan === undefined || plan.files === 0 || trash.isPending}
              onClick={move}
            >
              {t('trash.move')}
            </Button>
          )}
        </>
      }
    >
      {plan && (
        <p>
          {t('trash.ask', {
            count: plan.files,
            n: format.number(plan.files),
            bytes: format.bytes(plan.bytes),
          })}
          {plan.files > plan.items && ` ${t('trash.askMore')}`}
        </p>
      )}
      <p className="dialog-aside">{t('trash.explain')}</p>
      {failed.length > 0 && (
        <p className="export-missed" role="alert">
          {t('trash.failed', { count: failed.length, n: format.number(failed.length) })}{' '}
          <bdi className="path">{failed[0]?.path}</bdi> {failed[0]?.reason}
        </p>
      )}
      {trash.error && <FailureText failure={failureIn(trash.error)} />}
    </Dialog>
  );
}
