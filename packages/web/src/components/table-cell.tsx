import type { TableCellValue } from '@lossline/protocol'
import type { ReactElement } from 'react'
import { cellText } from '../view/cell-text.ts'
import { MediaFile } from './media-file.tsx'
import { MediaImage } from './media-image.tsx'

/** A cell of a table in one line, or as a small picture. */
export function TableCell({ cell, height }: { readonly cell: TableCellValue; readonly height: number }): ReactElement {
  if (cell === null) return <span className="text-muted">–</span>
  if (typeof cell === 'boolean') {
    // A sign beside the word: in a column of many the eye finds it, and not by colour alone.
    return (
      <span className={`whitespace-nowrap ${cell ? '' : 'text-bad'}`}>
        {cell ? '✓' : '✗'} {String(cell)}
      </span>
    )
  }
  if (typeof cell === 'object' && cell.kind === 'image') return <MediaImage fit={height - 12} image={cell} />
  if (typeof cell === 'object' && (cell.kind === 'audio' || cell.kind === 'video')) {
    return <MediaFile isSmall item={cell} kind={cell.kind} />
  }
  const text = cellText(cell)
  const isCode = typeof cell === 'object' && cell.kind === 'json'
  return (
    <span className={`truncate ${isCode ? 'font-mono text-sm' : ''}`} title={text}>
      {text}
    </span>
  )
}
