import { Download } from 'lucide-react'
import type { ReactElement } from 'react'
import type { RunsFormat } from '../../view/runs/export-runs.ts'
import { PopoverButton } from '../controls/popover-button.tsx'
import { MenuItem } from '../shell/menu-item.tsx'

/** Saves runs of a table as a file: the columns that are shown, or all. */
export function ExportMenu(props: {
  /** Of which runs, such as `12 selected runs`. */
  readonly what: string
  readonly onSave: (format: RunsFormat, columns: 'shown' | 'all') => void
}): ReactElement {
  const items = [
    ['csv', 'shown', 'CSV, columns shown'],
    ['csv', 'all', 'CSV, all columns'],
    ['json', 'shown', 'JSON, columns shown'],
    ['json', 'all', 'JSON, all columns'],
    ['parquet', 'shown', 'Parquet, columns shown'],
    ['parquet', 'all', 'Parquet, all columns'],
  ] as const
  return (
    <PopoverButton
      className="button"
      face={
        <>
          <Download size={15} /> Export
        </>
      }
      label={`Export ${props.what}`}
    >
      {(close) =>
        items.map(([format, columns, label]) => (
          <MenuItem
            key={label}
            onClick={() => {
              close()
              props.onSave(format, columns)
            }}
          >
            {label}
          </MenuItem>
        ))
      }
    </PopoverButton>
  )
}
