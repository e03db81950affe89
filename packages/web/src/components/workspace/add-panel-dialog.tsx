import { useVirtualizer } from '@tanstack/react-virtual'
import { type ReactElement, useMemo, useRef, useState } from 'react'
import { formatCount } from '../../view/format.ts'
import { panelKinds, panelTitle } from '../../view/panels/registry.ts'
import { searchSections } from '../../view/sections.ts'
import { createPanels } from '../../view/workspace/new-panels.ts'
import type { WorkspacePanel as KeptPanel } from '../../view/workspace/workspace.ts'
import { Dialog } from '../dialog.tsx'
import type { PanelContext } from '../panels/panel-props.ts'
import { WorkspacePanel } from '../panels/workspace-panel.tsx'
import { SearchField } from '../search-field.tsx'

const rowHeight = 28

/** Chooses kinds and metrics of new panels, with a preview. */
export function AddPanelDialog(props: {
  readonly context: PanelContext
  readonly sectionNames: readonly string[]
  readonly initialSection: string
  readonly onAdd: (sectionName: string, panels: readonly KeptPanel[]) => void
  readonly onClose: () => void
}): ReactElement {
  const { context, sectionNames } = props
  const [kind, setKind] = useState(panelKinds[0]!)
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [isTogether, setIsTogether] = useState(false)
  const [sectionName, setSectionName] = useState(props.initialSection)
  const needsMetrics = kind.needs === 'metrics'
  const panels = useMemo(() => createPanels(kind, chosen, isTogether), [kind, chosen, isTogether])
  const canAdd = !needsMetrics || chosen.length > 0
  const preview = canAdd ? panels[0] : undefined
  const add = (): void => {
    props.onAdd(sectionName, panels)
    props.onClose()
  }
  return (
    <Dialog onClose={props.onClose} title="Add panels">
      <fieldset className="mb-3">
        <legend className="mb-1 font-medium">Kind</legend>
        <div className="flex flex-wrap gap-1.5">
          {panelKinds.map((one) => (
            <button
              aria-pressed={one === kind}
              className="button"
              key={one.kind}
              onClick={() => setKind(one)}
              title={one.description}
              type="button"
            >
              {one.title}
            </button>
          ))}
        </div>
        <p className="mt-1 text-muted text-sm">{kind.description}</p>
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        {needsMetrics && <MetricList chosen={chosen} names={[...context.metrics.keys()]} onChange={setChosen} />}
        <div className="h-64 min-w-0">
          {preview ? (
            <WorkspacePanel
              context={context}
              menu={undefined}
              panel={{ ...preview, title: panelTitle(preview) }}
              section={{}}
            />
          ) : (
            <p className="flex h-full items-center justify-center rounded-lg border border-line border-dashed p-4 text-center text-muted">
              Choose a metric to see what it looks like.
            </p>
          )}
        </div>
      </div>
      <div className="mt-4 flex flex-wrap items-center gap-3">
        {needsMetrics && chosen.length > 1 && (
          <label className="flex items-center gap-2">
            <input
              checked={isTogether}
              className="size-4 accent-accent"
              onChange={({ target }) => setIsTogether(target.checked)}
              type="checkbox"
            />
            All in one panel
          </label>
        )}
        <label className="flex items-center gap-2">
          Section
          <select
            className="control max-w-44"
            onChange={({ target }) => setSectionName(target.value)}
            value={sectionName}
          >
            {[...new Set([...sectionNames, props.initialSection])].map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
        </label>
        <button className="button ml-auto" disabled={!canAdd} onClick={add} type="button">
          {canAdd ? `Add ${formatCount(panels.length, 'panel')}` : 'Add'}
        </button>
      </div>
    </Dialog>
  )
}

function MetricList(props: {
  readonly names: readonly string[]
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}): ReactElement {
  const { names, chosen, onChange } = props
  const [search, setSearch] = useState('')
  const scroller = useRef<HTMLFieldSetElement>(null)
  const found = useMemo(
    () => searchSections([{ panels: names.map((title) => ({ title })), values: [] }], search)[0]?.panels ?? [],
    [names, search],
  )
  const isChosen = new Set(chosen)
  const virtualizer = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 8,
  })
  const areAll = found.length > 0 && found.every(({ title }) => isChosen.has(title))
  const toggleAll = (): void => {
    const titles = found.map(({ title }) => title)
    onChange(areAll ? chosen.filter((name) => !titles.includes(name)) : [...new Set([...chosen, ...titles])])
  }
  return (
    <div className="flex h-64 min-w-0 flex-col">
      <SearchField label="Find metrics, text or /regex/" onChange={setSearch} value={search} />
      <label className="flex h-8 items-center gap-2 px-1 text-muted">
        <input checked={areAll} className="size-4 accent-accent" onChange={toggleAll} type="checkbox" />
        {`${chosen.length} of ${formatCount(names.length, 'metric')} chosen`}
      </label>
      <fieldset className="min-h-0 flex-1 overflow-y-auto rounded-md border border-line" ref={scroller}>
        <legend className="sr-only">Metrics</legend>
        <div className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map((item) => {
            const { title } = found[item.index]!
            return (
              <label
                className="absolute inset-x-0 flex items-center gap-2 px-2 hover:bg-hover"
                key={item.key}
                style={{ height: rowHeight, top: item.start }}
              >
                <input
                  checked={isChosen.has(title)}
                  className="size-4 shrink-0 accent-accent"
                  onChange={({ target }) =>
                    onChange(target.checked ? [...chosen, title] : chosen.filter((name) => name !== title))
                  }
                  type="checkbox"
                />
                <span className="truncate" title={title}>
                  {title}
                </span>
              </label>
            )
          })}
        </div>
      </fieldset>
    </div>
  )
}
