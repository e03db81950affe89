import { Download } from 'lucide-react'
import type { ReactElement } from 'react'
import { PopoverButton } from '../controls/popover-button.tsx'
import { menuItemClass } from '../shell/menu-item.tsx'

const files = [
  { format: 'csv', isInView: true, label: 'CSV: matching rows, columns in view' },
  { format: 'csv', isInView: false, label: 'CSV: all rows and columns' },
  { format: 'json', isInView: true, label: 'JSON: matching rows, columns in view' },
  { format: 'json', isInView: false, label: 'JSON: all rows and columns' },
] as const

/** Saves rows as files, which the server writes. */
export function TableExportMenu(props: {
  /** Whether the server has read the table. */
  readonly isReady: boolean
  readonly urlOf: (format: 'csv' | 'json', isInView: boolean) => string
}): ReactElement {
  return (
    <PopoverButton className="icon-button" face={<Download size={15} />} label="Save rows" panelClassName="w-72 p-1">
      {(close) =>
        props.isReady ? (
          files.map(({ format, isInView, label }) => (
            <a className={menuItemClass} download href={props.urlOf(format, isInView)} key={label} onClick={close}>
              {label}
            </a>
          ))
        ) : (
          <p className="px-2 py-1 text-muted">The table is still being read.</p>
        )
      }
    </PopoverButton>
  )
}
