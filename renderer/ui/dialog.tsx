// Runs in the page: a modal dialog on the platform's own <dialog>, which keeps focus and Esc right.
import type { MouseEvent, ReactNode } from 'react';
import { useId, useLayoutEffect, useRef } from 'react';
import { useT } from '../i18n/i18n.ts';
import { useFact } from '../shell/facts.ts';
import { IconButton } from './button.tsx';
import { CloseIcon } from './icons.ts';
import './dialog.css';

export interface ModalProps {
  readonly onClose: () => void;
  readonly className: string;
  readonly label?: string;
  readonly labelledBy?: string;
  readonly children: ReactNode;
}

/** The bare dialog: opens when mounted, gives the focus back when unmounted. */
export function Modal({ onClose, className, label, labelledBy, children }: ModalProps) {
  const element = useRef<HTMLDialogElement>(null);
  useLayoutEffect(() => {
    const dialog = element.current;
    dialog?.showModal();
    // The frame and not the first button: a dialog that opens by a key would begin with a tip.
    dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
    return () => dialog?.close();
  }, []);
  const onBackdrop = (event: MouseEvent) => {
    if (event.target === element.current) onClose();
  };
  return (
    <dialog
      ref={element}
      className={className}
      aria-label={label}
      aria-labelledby={labelledBy}
      onMouseDown={onBackdrop}
      onCancel={(event) => {
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      {children}
    </dialog>
  );
}

export interface DialogProps {
  readonly title: string;
  readonly onClose: () => void;
  readonly footer?: ReactNode;
  readonly size?: 'wide' | 'large';
  /** Says at a glance what is asked; red where something is taken away. */
  readonly icon?: ReactNode;
  readonly look?: 'danger';
  readonly children: ReactNode;
}

/** A titled panel in the middle of the window. */
export function Dialog({ title, onClose, footer, size, icon, look, children }: DialogProps) {
  const t = useT();
  const id = useId();
  useFact('dialog');
  return (
    <Modal onClose={onClose} className={size ? `dialog dialog-${size}` : 'dialog'} labelledBy={id}>
      <div className="dialog-frame" tabIndex={-1} data-first>
        <header className="dialog-head">
          {icon !== undefined && (
            <span className="dialog-icon" data-look={look} aria-hidden>
              {icon}
            </span>
          )}
          <h2 id={id}>{title}</h2>
          <IconButton label={t('common.close')} shortcut="Esc" tip="below-end" onClick={onClose}>
            <CloseIcon size={18} aria-hidden />
          </IconButton>
        </header>
        {/* What scrolls can be come to by keys, also where nothing in it can. */}
        <div className="dialog-body" tabIndex={0}>
          {children}
        </div>
        {footer !== undefined && <footer className="dialog-foot">{footer}</footer>}
      </div>
    </Modal>
  );
}
