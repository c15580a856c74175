// Runs in the page: the watched folders and those below them, opened one level at a time.
import { useState } from 'react';
import type { FolderNode, Scope } from '../../contract/decisions.ts';
import { useFolderNodes } from '../engine/decisions.ts';
import { useT } from '../i18n/i18n.ts';
import { FolderIcon, OpenIcon } from '../ui/icons.ts';
import { Row } from './row.tsx';
import { sameScope } from './use-scope.ts';

export interface FolderTreeProps {
  readonly scope: Scope | null;
  readonly onScope: (scope: Scope) => void;
}

interface BranchProps extends FolderTreeProps {
  readonly node: FolderNode;
  readonly depth: number;
}

function Branch({ node, depth, scope, onScope }: BranchProps) {
  const t = useT();
  const { rootId, path } = node;
  const [open, setOpen] = useState(
    () =>
      scope?.in === 'folder' &&
      scope.rootId === rootId &&
      scope.path.startsWith(path === '' ? '' : `${path}/`) &&
      scope.path !== path,
  );
  const below = useFolderNodes({ rootId, path }, open);
  const own: Scope = { in: 'folder', rootId, path };
  return (
    <li>
      <Row
        icon={<FolderIcon size={17} strokeWidth={1.75} aria-hidden />}
        name={node.name}
        count={node.items}
        active={sameScope(scope, own)}
        depth={depth}
        onGo={() => onScope(own)}
        onKey={(key) => {
          if (!node.hasFolders || (key !== 'ArrowRight' && key !== 'ArrowLeft')) return false;
          setOpen(key === 'ArrowRight');
          return true;
        }}
        twist={
          node.hasFolders ? (
            <button
              type="button"
              className="side-twist"
              tabIndex={-1}
              aria-label={t(open ? 'side.close' : 'side.open', { name: node.name })}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            >
              <OpenIcon size={14} aria-hidden />
            </button>
          ) : (
            <span className="side-twist" aria-hidden />
          )
        }
      />
      {open && (
        <ul>
          {below.data?.map((child) => (
            <Branch key={child.path} node={child} depth={depth + 1} scope={scope} onScope={onScope} />
          ))}
        </ul>
      )}
    </li>
  );
}

export function FolderTree({ scope, onScope }: FolderTreeProps) {
  const roots = useFolderNodes(null, true);
  return (
    <ul>
      {roots.data?.map((node) => (
        <Branch key={node.rootId} node={node} depth={0} scope={scope} onScope={onScope} />
      ))}
    </ul>
  );
}
