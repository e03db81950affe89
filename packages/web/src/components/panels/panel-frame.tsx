import { Table2 } from 'lucide-react'
import { type ReactElement, type ReactNode, useCallback, useEffect, useId, useRef, useState } from 'react'
import { useServices } from '../../services.ts'
import type { PanelTable } from '../../view/panels/panel-table.ts'
import { PanelTableView } from './panel-table-view.tsx'

/** The frame of a panel: its heading with what can be done, and what it shows, drawn or as a table. */
export function PanelFrame(props: {
  readonly title: string
  /** What it shows, in words. */
  readonly summary: string
  /** Beside the title, such as the step that is shown. */
  readonly note?: ReactNode
  readonly menu: ReactNode
  /** What it shows as rows; undefined: there is nothing, or it is a table already. */
  readonly table?: PanelTable | undefined
  readonly children: ReactNode
}): ReactElement {
  const { title, table } = props
  const titleId = useId()
  const summaryId = useId()
  const [isTable, setIsTable] = useState(false)
  const activate = useTableKey(useCallback(() => setIsTable((old) => !old), []))
  const isShownAsTable = isTable && table !== undefined
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms; this groups a figure with its controls.
    <div
      aria-describedby={summaryId}
      aria-labelledby={titleId}
      className="group flex h-full min-w-0 flex-col rounded-lg border border-line bg-panel focus-within:border-line-strong"
      onFocus={activate}
      onPointerEnter={activate}
      role="group"
    >
      <header className="flex h-9 shrink-0 items-center gap-2 pr-1.5 pl-3">
        <h3 className="min-w-0 truncate font-medium" id={titleId} title={title}>
          {title}
        </h3>
        {props.note !== undefined && <span className="shrink-0 text-muted text-sm">{props.note}</span>}
        <div
          className="ml-auto flex shrink-0 items-center opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100 data-on:opacity-100"
          data-on={isShownAsTable || undefined}
        >
          {table && (
            <button
              aria-label="View as table"
              aria-pressed={isShownAsTable}
              className="icon-button"
              onClick={() => setIsTable(!isTable)}
              title="View as table (T)"
              type="button"
            >
              <Table2 size={15} />
            </button>
          )}
          {props.menu}
        </div>
      </header>
      <div className="min-h-0 flex-1 overflow-auto">
        {isShownAsTable ? <PanelTableView table={table} title={title} /> : props.children}
      </div>
      <p className="sr-only" id={summaryId}>
        {props.summary}
      </p>
    </div>
  )
}

let releaseActive: (() => void) | undefined

/** Lets the key for tables mean the panel that was pointed at or focused last. */
function useTableKey(toggle: () => void): () => void {
  const { shortcuts } = useServices()
  const release = useRef<() => void>(undefined)
  useEffect(() => () => release.current?.(), [])
  return useCallback(() => {
    releaseActive?.()
    const unregister = shortcuts.register('view-as-table', toggle)
    const stop = (): void => {
      unregister()
      if (releaseActive === stop) releaseActive = undefined
    }
    release.current = stop
    releaseActive = stop
  }, [shortcuts, toggle])
}
