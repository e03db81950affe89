import type { ReactElement } from 'react'
import type { ComparedTreeRow } from '../../view/run/compare-trees.ts'
import { formatLeaf, formatLeafInShort } from '../../view/run/json-tree.ts'
import { formatDelta } from '../../view/runs/cell-format.ts'
import { ChangeBadge } from '../artifacts/change-badge.tsx'

/** A value of a tree beside that of the baseline: both of them, by how much a number differs, and how in a word. */
export function TreeChange({ row }: { readonly row: ComparedTreeRow }): ReactElement | null {
  const { value, baseline, kind } = row
  if (kind === undefined) return null
  const texts = [baseline, value].map((one) => (one === undefined ? 'none' : formatLeaf(one)))
  const delta = kind === 'changed' && value !== undefined ? formatDelta(value, baseline) : undefined
  return (
    <span
      className="flex min-w-0 flex-wrap items-center gap-x-2"
      title={kind === 'same' ? texts[1] : texts.join(' → ')}
    >
      <span className="min-w-0 max-w-full truncate">
        {baseline !== undefined && kind !== 'same' && (
          <>
            <span className={`text-muted ${kind === 'removed' ? 'line-through' : ''}`}>
              {formatLeafInShort(baseline)}
            </span>
            {value !== undefined && <span className="text-muted"> → </span>}
          </>
        )}
        {value !== undefined && formatLeafInShort(value)}
      </span>
      {delta !== undefined && <span className="shrink-0 text-muted text-xs">{delta}</span>}
      {kind !== 'same' && (
        <span className="ml-auto shrink-0 font-sans">
          <ChangeBadge kind={kind} />
        </span>
      )}
    </span>
  )
}
