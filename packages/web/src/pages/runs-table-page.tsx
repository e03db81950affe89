import { useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Columns3 } from 'lucide-react'
import { type ReactElement, useCallback, useMemo, useRef, useState } from 'react'
import { type ProjectAddress, runKeysQuery } from '../api/queries.ts'
import { ErrorMessage, PageMessage } from '../components/page-message.tsx'
import { BulkBar } from '../components/runs/bulk-bar.tsx'
import { ColumnChooser } from '../components/runs/column-chooser.tsx'
import { GroupBySelect } from '../components/runs/group-by-select.tsx'
import { RunFilterField } from '../components/runs/run-filter-field.tsx'
import { RunsTable } from '../components/runs/runs-table.tsx'
import { useBaseline } from '../hooks/use-baseline.ts'
import { useGroupedRows } from '../hooks/use-grouped-rows.ts'
import { useRunActions } from '../hooks/use-run-actions.ts'
import { useRunFilter } from '../hooks/use-run-filter.ts'
import { useRuns } from '../hooks/use-runs.ts'
import { useDocumentTitle, useShortcut } from '../hooks/use-store.ts'
import { useView } from '../hooks/use-view.ts'
import { compareCodec } from '../view/compare/compare-state.ts'
import { formatCount } from '../view/format.ts'
import { toggleRun } from '../view/run-selection.ts'
import { noRows } from '../view/runs/row-selection.ts'
import { toggleSort } from '../view/runs/sort-state.ts'
import { allColumns, automaticColumns, chosenColumns, valueKeys, withDeltas } from '../view/runs/table-columns.ts'
import { toFlatRows } from '../view/runs/table-rows.ts'

/** Runs of a project as a table: what they were given, what came of it. */
export function RunsTablePage(): ReactElement {
  const { entity, project } = useParams({ strict: false }) as { entity: string; project: string }
  return <RunsOfProject entity={entity} key={`${entity}/${project}`} project={project} />
}

function RunsOfProject({ entity, project }: ProjectAddress): ReactElement {
  const address = useMemo(() => ({ entity, project }), [entity, project])
  const [view, store] = useView()
  const keys = useQuery(runKeysQuery(address))
  const known = keys.data?.keys ?? noKeys
  const { filter, state } = useRunFilter(address, view.query)
  const columns = useMemo(
    () => (view.columns === undefined ? automaticColumns(known) : chosenColumns(view.columns, known)),
    [view.columns, known],
  )
  const asked = useMemo(() => valueKeys(columns), [columns])
  const list = useMemo(
    () => ({ ...(filter && { filter }), sort: view.sort, columns: asked }),
    [filter, view.sort, asked],
  )
  const runs = useRuns(address, list, view.runs)
  const grouped = useGroupedRows(address, list, view.groupBy)
  const isGrouped = view.groupBy.length > 0
  const flat = useMemo(() => toFlatRows(runs), [runs])
  const baseline = useBaseline(address, view.baseline, asked)
  const [selection, setSelection] = useState(noRows)
  const [isChoosing, setIsChoosing] = useState(false)
  const actions = useRunActions(address)
  const filterField = useRef<HTMLInputElement>(null)
  useDocumentTitle(`Runs · ${project}`)
  useShortcut(
    'filter-runs',
    useCallback(() => filterField.current?.focus(), []),
  )
  const selectedCount = selection.isAll ? (runs.total ?? 0) : selection.ids.size
  const navigate = useNavigate()
  const compare = (): void => {
    const known = runs.runs.flatMap((run) => run?.runId ?? [])
    const runIds = (selection.isAll ? known : [...selection.ids]).slice(0, comparedRunCountMax)
    const search = compareCodec.stringify({ runIds, isDifferentOnly: true }) as never
    void navigate({ to: '/$entity/$project/compare', params: address, search })
  }
  useShortcut('compare-runs', () => (selectedCount > 1 ? compare() : false))
  return (
    <>
      <main className="flex min-h-0 flex-1 flex-col">
        <h1 className="sr-only">Runs of {project}</h1>
        <div className="flex flex-wrap items-start gap-2 border-line border-b bg-panel px-3 py-2">
          <RunFilterField
            className="w-[min(480px,100%)]"
            keys={known}
            onChange={(query) => store.update({ query })}
            ref={filterField}
            state={state}
            value={view.query}
          />
          <button className="button" onClick={() => setIsChoosing(true)} type="button">
            <Columns3 size={15} /> Columns
          </button>
          <GroupBySelect
            columns={allColumns(known)}
            groupBy={view.groupBy}
            onChange={(groupBy) => store.update({ groupBy })}
          />
          <p aria-live="polite" className="ml-auto py-1 text-muted">
            {runs.total !== undefined && formatCount(runs.total, 'run')}
            {isGrouped && grouped.total !== undefined && ` in ${formatCount(grouped.total, 'group')}`}
          </p>
        </div>
        {runs.error && runs.total === undefined ? (
          <ErrorMessage error={runs.error} onRetry={runs.retry} />
        ) : isGrouped && grouped.error && grouped.total === undefined ? (
          <ErrorMessage error={grouped.error} onRetry={grouped.retry} />
        ) : runs.total === 0 ? (
          <NoRuns onClear={() => store.update({ query: '' })} query={view.query} />
        ) : (
          <RunsTable
            address={address}
            asked={asked}
            baseline={baseline}
            columns={baseline === undefined ? columns : withDeltas(columns)}
            onBaseline={(runId) => store.update({ baseline: view.baseline === runId ? undefined : runId })}
            onSelect={setSelection}
            onSort={(key, isAdded) => store.update({ sort: toggleSort(store.get().sort, key, isAdded) })}
            onToggle={(runId, index) => store.update({ runs: toggleRun(store.get().runs, runId, index) })}
            onToggleGroup={grouped.toggle}
            rows={isGrouped ? grouped.rows : flat}
            runCount={runs.total ?? 0}
            selection={selection}
            sort={view.sort}
            visibility={view.runs}
          />
        )}
        {selectedCount > 0 && (
          <BulkBar
            count={selectedCount}
            onChange={(change, done) => {
              const of = selection.isAll ? { ...(filter && { filter }) } : { runIds: [...selection.ids] }
              setSelection(noRows)
              void actions.change({ of, ...change }, done)
            }}
            onClear={() => setSelection(noRows)}
            onCompare={selectedCount > 1 ? compare : undefined}
          />
        )}
      </main>
      {isChoosing && (
        <ColumnChooser
          all={allColumns(known)}
          isAutomatic={view.columns === undefined}
          onChoose={(chosen) => store.update({ columns: chosen })}
          onClose={() => setIsChoosing(false)}
          shown={columns}
        />
      )}
    </>
  )
}

const noKeys: readonly never[] = []
/** More columns than that nobody compares. */
const comparedRunCountMax = 50

function NoRuns({ query, onClear }: { readonly query: string; readonly onClear: () => void }): ReactElement {
  if (query === '') {
    return (
      <PageMessage title="No runs yet">
        <p>They appear here as soon as a program logs to this project.</p>
      </PageMessage>
    )
  }
  return (
    <PageMessage title="No run matches">
      <p>
        <code className="break-words font-mono text-text">{query}</code>
      </p>
      <button className="button mt-4" onClick={onClear} type="button">
        Clear filter
      </button>
    </PageMessage>
  )
}
