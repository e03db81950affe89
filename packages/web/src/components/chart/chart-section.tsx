import { Table2 } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import type { PointerHold } from '../../hooks/use-pointer-hold.ts'
import { useActivePanel } from '../../hooks/workspace/use-active-panel.ts'
import type { PanelTable } from '../../view/panels/panel-table.ts'
import { PanelTableView } from '../panels/panel-table-view.tsx'

/** A chart of a page that is no workspace: its heading, and what it shows, drawn or as a table. */
export function ChartSection(props: {
  readonly title: string
  /** Undefined: there is nothing to show yet. */
  readonly table: PanelTable | undefined
  /** As high as it is told; otherwise as high as the chart. */
  readonly className?: string
  /** What is under the pointer in it stays where it is. */
  readonly hold?: PointerHold
  readonly children: ReactNode
}): ReactElement {
  const { title, table } = props
  const [isTable, setIsTable] = useState(false)
  const activate = useActivePanel({ 'view-as-table': () => setIsTable(!isTable) })
  return (
    <section
      aria-label={title}
      className={`flex min-w-0 flex-col rounded-lg border border-line bg-panel ${props.className ?? ''}`}
      onFocus={activate}
      onPointerEnter={activate}
    >
      <header className="flex h-10 shrink-0 items-center pr-1.5 pl-3">
        <h2 className="truncate font-semibold">{title}</h2>
        {table && (
          <button
            aria-label={`${title} as table`}
            aria-pressed={isTable}
            className="icon-button ml-auto aria-pressed:text-accent"
            onClick={() => setIsTable(!isTable)}
            title="View as table (T)"
            type="button"
          >
            <Table2 size={15} />
          </button>
        )}
      </header>
      <div className="min-h-0 flex-1" {...props.hold?.handlers}>
        {isTable && table ? <PanelTableView table={table} title={title} /> : props.children}
      </div>
    </section>
  )
}
