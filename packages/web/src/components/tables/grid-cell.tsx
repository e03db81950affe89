import type { TableCellValue, TableHistogram } from '@lossline/protocol'
import { CircleAlert, Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import { cellText } from '../../view/tables/cell-text.ts'
import { formatNumber } from '../../view/text/format.ts'
import { MediaFile } from '../media/media-file.tsx'
import { MediaImage } from '../media/media-image.tsx'
import { summaryText } from './column-summary.tsx'
import { HeaderHistogram } from './header-histogram.tsx'

/** A cell of a table, in one line where rows are low. */
export function GridCell(props: {
  readonly cell: TableCellValue
  /** Pixels. */
  readonly height: number
}): ReactElement {
  const { cell, height } = props
  if (cell === null) return <span className="text-muted">–</span>
  if (typeof cell === 'boolean') {
    // A sign beside the word: in a column of many the eye finds it, and not by colour alone.
    return (
      <span className={`whitespace-nowrap ${cell ? '' : 'text-bad'}`}>
        {cell ? '✓' : '✗'} {String(cell)}
      </span>
    )
  }
  if (typeof cell === 'object' && cell.kind === 'group') return <GroupCell cell={cell} height={height} />
  if (typeof cell === 'object' && cell.kind === 'image') return <MediaImage fit={height - 12} image={cell} />
  if (typeof cell === 'object' && (cell.kind === 'audio' || cell.kind === 'video')) {
    return <MediaFile isSmall item={cell} kind={cell.kind} />
  }
  const text = cellText(cell)
  const isCode = typeof cell === 'object' && cell.kind === 'json'
  const lines = Math.floor((height - 8) / 20)
  return (
    <span
      className={`${lines > 1 ? 'whitespace-pre-wrap break-words' : 'truncate'} ${isCode ? 'font-mono text-sm' : ''}`}
      style={
        lines > 1
          ? { display: '-webkit-box', WebkitBoxOrient: 'vertical', WebkitLineClamp: lines, overflow: 'hidden' }
          : undefined
      }
      title={text.slice(0, 500)}
    >
      {text}
    </span>
  )
}

/** A group's numbers as mean and histogram, its other values as the most frequent of them. */
function GroupCell(props: {
  readonly cell: Extract<TableCellValue, { readonly kind: 'group' }>
  readonly height: number
}): ReactElement {
  const { numbers, histogram, values } = props.cell
  const text = cellText(props.cell)
  return (
    <span className="block w-full min-w-0" title={summaryText(props.cell)}>
      {histogram !== undefined && props.height >= 56 && (
        <HeaderHistogram height={props.height - 36} histogram={histogram as TableHistogram} />
      )}
      {numbers !== undefined || values === undefined ? (
        <span className="block truncate">{text}</span>
      ) : (
        values.top.slice(0, props.height >= 56 ? 3 : 1).map(({ text: value, count, image }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: long texts may begin alike.
          <span className="flex gap-2 text-sm leading-tight" key={index}>
            {image ? (
              <MediaImage
                fit={props.height >= 56 ? Math.floor((props.height - 12) / 3) : props.height - 12}
                image={image}
              />
            ) : (
              <span className="min-w-0 truncate">{value === '' ? 'empty text' : value}</span>
            )}
            <span className="ml-auto shrink-0 text-muted">{formatNumber(count)}</span>
          </span>
        ))
      )}
    </span>
  )
}

/** Marks a cell that is not as in the first of the tables side by side, by a sign. */
export function ChangeMark({
  before,
  cell,
}: {
  readonly before: TableCellValue
  readonly cell: TableCellValue
}): ReactElement {
  const difference = typeof before === 'number' && typeof cell === 'number' ? cell - before : undefined
  const title = `In the first table: ${cellText(before)}`
  if (difference !== undefined) {
    return (
      <span className="shrink-0 text-accent text-xs" title={title}>
        {difference > 0 ? '▲' : '▼'} {difference > 0 ? '+' : ''}
        {formatNumber(difference)}
      </span>
    )
  }
  const Sign = before === null ? Plus : CircleAlert
  return (
    <span className="shrink-0 text-accent" title={title}>
      <Sign aria-label={before === null ? 'new' : 'changed'} size={13} />
    </span>
  )
}
