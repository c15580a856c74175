// Runs in the page: the mark: a disc, and what the eye keeps of it.
import './mark.css';

export function Mark({ size }: { readonly size: number }) {
  return (
    <svg className="mark" width={size} height={size} viewBox="0 0 32 32" aria-hidden>
      <circle className="mark-after" cx="20.5" cy="16" r="9.5" />
      <circle className="mark-disc" cx="12" cy="16" r="9.5" />
    </svg>
  );
}
