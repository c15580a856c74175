// Runs in the page: the two buttons of the interface, one with words and one with an icon.
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import './button.css';

type Plain = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'className' | 'style'>;

export interface ButtonProps extends Plain {
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  readonly icon?: ReactNode;
  readonly children: ReactNode;
}

/** A button with words. */
export function Button({ look = 'plain', icon, children, ...rest }: ButtonProps) {
  return (
    <button type="button" className={`button button-${look}`} {...rest}>
      {icon}
      <span>{children}</span>
    </button>
  );
}

export interface IconButtonProps extends Plain {
  /** Its name for a screen reader and its tip for a pointer. */
  readonly label: string;
  /** Said in the tip only: the key that does the same. */
  readonly shortcut?: string;
  readonly pressed?: boolean;
  /** Where the tip opens, so that it stays within the window. */
  readonly tip?: 'below' | 'above' | 'below-start' | 'below-end' | 'above-start' | 'above-end';
  readonly children: ReactNode;
}

/** A button with an icon alone. */
export function IconButton(props: IconButtonProps) {
  const { label, shortcut, pressed, tip = 'below', children, ...rest } = props;
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      aria-pressed={pressed}
      data-tip={shortcut ? `${label}  ${shortcut}` : label}
      data-tip-at={tip}
      {...rest}
    >
      {children}
    </button>
  );
}
