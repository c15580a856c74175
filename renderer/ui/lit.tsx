// Runs in the page: a reason with the words lit that made it one, and the field they stand in by its own name.
import { Fragment } from 'react';
import { whyText } from '../../contract/concept-words.ts';
import type { Why } from '../../contract/search.ts';
import { useLanguage, useT } from '../i18n/i18n.ts';
import './lit.css';

const fields = ['name', 'title', 'keywords', 'description', 'said', 'folder'] as const;

export function Lit({ kind, text: written, lit = [] }: Why) {
  const t = useT();
  const language = useLanguage();
  // Only what is quoted of a file is lit, and that is the same in every language.
  const text = whyText({ kind, text: written }, language);
  // The engine writes "name: cat.jpg"; how the field is called is the page's matter.
  const field = kind === 'words' ? fields.find((one) => text.startsWith(`${one}: `)) : undefined;
  const start = field === undefined ? 0 : field.length;
  const from = (at: number): number => (at === 0 ? start : (lit[at - 1]?.[1] ?? start));
  return (
    <>
      {field !== undefined && t(`field.${field}`)}
      {lit.map(([begin, until], at) => (
        <Fragment key={begin}>
          {text.slice(from(at), begin)}
          <mark className="lit">{text.slice(begin, until)}</mark>
        </Fragment>
      ))}
      {text.slice(from(lit.length))}
    </>
  );
}
