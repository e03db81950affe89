import type { RunWithValues, StrictJson } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { formatCell, formatDelta } from '../../view/runs/cell-format.ts'
import type { TableColumn } from '../../view/runs/table-columns.ts'
import { StateBadge } from '../state-badge.tsx'

/** What a run has in a column. */
export function RunCell(props: {
  readonly run: RunWithValues
  readonly column: TableColumn
  readonly value: StrictJson
  /** What the baseline has there; undefined without one, and for the baseline itself. */
  readonly baseline: StrictJson | undefined
  readonly nowMs: number
}): ReactElement {
  const { run, column, value, baseline, nowMs } = props
  if (column.kind === 'state') return <StateBadge state={run.state} />
  if (column.kind === 'tags') return <Tags tags={run.tags} />
  const { text, title } = formatCell(value, column.kind, nowMs)
  const delta = column.kind === 'number' ? formatDelta(value, baseline) : undefined
  return (
    <span className={`block truncate ${value === null || value === '' ? 'text-muted' : ''}`} title={title}>
      {text}
      {delta !== undefined && <span className="ml-1.5 text-muted text-xs">{delta}</span>}
    </span>
  )
}

function Tags({ tags }: { readonly tags: readonly string[] }): ReactElement {
  if (tags.length === 0) return <span className="text-muted">–</span>
  return (
    <span className="flex gap-1 overflow-hidden" title={tags.join(', ')}>
      {tags.map((tag) => (
        <span className="shrink-0 rounded bg-hover px-1.5 text-sm" key={tag}>
          {tag}
        </span>
      ))}
    </span>
  )
}
