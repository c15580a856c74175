// Runs in the page: a name typed in place: Enter keeps it, Esc does not.
import { useEffect, useRef } from 'react';

export interface NameFieldProps {
  readonly label: string;
  readonly start: string;
  readonly placeholder?: string;
  /** Null: the person thought better of it. */
  readonly onName: (name: string | null) => void;
}

export function NameField({ label, start, placeholder, onName }: NameFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const answered = useRef(false);
  useEffect(() => {
    // After a menu that was closed has given the focus back.
    const timer = setTimeout(() => {
      input.current?.focus();
      input.current?.select();
    }, 0);
    return () => clearTimeout(timer);
  }, []);
  const answer = (name: string | null) => {
    if (answered.current) return;
    answered.current = true;
    onName(name === null || name.trim() === '' ? null : name.trim());
  };
  return (
    <input
      ref={input}
      type="text"
      className="name-field"
      aria-label={label}
      placeholder={placeholder}
      defaultValue={start}
      maxLength={200}
      autoComplete="off"
      onBlur={(event) => answer(event.currentTarget.value)}
      onKeyDown={(event) => {
        event.stopPropagation();
        if (event.nativeEvent.isComposing) return;
        if (event.key === 'Enter') answer(event.currentTarget.value);
        if (event.key === 'Escape') {
          event.preventDefault();
          answer(null);
        }
      }}
    />
  );
}
