import type { MediaKey, TablePlace } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useCallback, useMemo } from 'react'
import { mediaKeysQuery, type RunAddress } from '../api/media-queries.ts'
import { GuideLink } from '../components/guide/guide-link.tsx'
import { StepSlider } from '../components/media/step-slider.tsx'
import { ErrorMessage, PageMessage } from '../components/shell/page-message.tsx'
import { EarlierStep } from '../components/tables/earlier-step.tsx'
import { SeveralTables } from '../components/tables/several-tables.tsx'
import { TableExplorer } from '../components/tables/table-explorer.tsx'
import { useAddress } from '../hooks/use-address.ts'
import { comparedTableCodec } from '../view/artifacts/compare-state.ts'
import { type TablesState, tablesCodec } from '../view/media/media-state.ts'
import { stepNote, stepOf } from '../view/media/media-steps.ts'
import { isActive } from '../view/run/run-state.ts'
import { inTableOrder } from '../view/tables/table-order.ts'
import { oneTable, plainTableState, runTableCodec, type TableState } from '../view/tables/table-state.ts'
import { formatNumber } from '../view/text/format.ts'
import { keyTitle } from '../view/workspace/sections.ts'
import { useOpenRun } from './run-page.tsx'

/** The tables of a run, one at a time. */
export function RunTables(): ReactElement {
  const { address, run } = useOpenRun()
  const [state, store] = useAddress(tablesCodec)
  const [tableState, view] = useAddress(runTableCodec)
  const at = useMemo(() => ({ ...address, runId: run.runId }), [address, run.runId])
  const query = useQuery(mediaKeysQuery(at))
  const tables = useMemo(
    () => inTableOrder((query.data?.keys ?? []).filter(({ kind }) => kind === 'table')),
    [query.data],
  )
  const table = tables.find(({ key }) => key === state.key) ?? tables[0]
  if (query.error && !query.data) return <ErrorMessage error={query.error} onRetry={() => void query.refetch()} />
  if (query.isPending) return <div aria-label="Loading tables" className="skeleton m-4 h-40" role="img" />
  if (table === undefined) {
    return (
      <PageMessage title={isActive(run.state) ? 'No tables yet' : 'This run logged no tables'}>
        <p>
          A table shows predictions beside their inputs, pictures included:{' '}
          <code>run.log({'{ predictions: new Table({ columns, data }) }'})</code>
        </p>
        <GuideLink to="tables">Logging tables</GuideLink>
      </PageMessage>
    )
  }
  const choose = (key: string): void => {
    store.update({ key, otherStep: undefined })
    view.update(plainTableState)
  }
  return (
    <div className="flex min-h-0 flex-1 max-md:flex-col">
      <h2 className="sr-only">Tables</h2>
      {tables.length > 1 && (
        <nav
          aria-label="Tables"
          className="shrink-0 overflow-y-auto border-line bg-panel p-2 max-md:max-h-32 max-md:border-b md:w-60 md:border-r"
        >
          <ul>
            {tables.map((one) => (
              <li key={one.key}>
                <button
                  aria-current={one === table}
                  className="block w-full truncate rounded-md px-2 py-1 text-left hover:bg-hover aria-[current=true]:bg-selected aria-[current=true]:font-medium"
                  onClick={() => choose(one.key)}
                  title={keyTitle(one.key)}
                  type="button"
                >
                  {keyTitle(one.key)}
                </button>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <OpenTable
        isActive={isActive(run.state)}
        key={table.key}
        onChange={(patch) => view.update(patch)}
        onTables={(patch) => store.update(patch)}
        run={at}
        state={tableState}
        table={table}
        tables={state}
      />
    </div>
  )
}

function OpenTable(props: {
  readonly run: RunAddress
  readonly table: MediaKey
  readonly tables: TablesState
  readonly onTables: (patch: Partial<TablesState>) => void
  readonly state: TableState
  readonly onChange: (patch: Partial<TableState>) => void
  readonly isActive: boolean
}): ReactElement {
  const { run, table, tables, onTables, state, onChange } = props
  const { step: asked, otherStep } = tables
  const [{ mode, joinColumn }, together] = useAddress(comparedTableCodec)
  const step = stepOf(table, asked)
  const place = useCallback(
    (at: number): TablePlace => ({ kind: 'run', ...run, key: table.key, step: at }),
    [run, table.key],
  )
  const source = useMemo(() => (step === undefined ? undefined : oneTable(place(step))), [place, step])
  const title = keyTitle(table.key)
  const isCompared =
    otherStep !== undefined && step !== undefined && otherStep !== step && table.steps.includes(otherStep)
  return (
    <section aria-label={title} className="flex min-h-0 min-w-0 flex-1 flex-col px-4">
      <div className="flex shrink-0 flex-wrap items-center gap-3 pt-2">
        <h3 className="truncate font-semibold">{title}</h3>
        <div className="flex min-w-64 flex-1 max-sm:w-full">
          <StepSlider asked={asked} onChange={(to) => onTables({ step: to })} steps={table.steps} />
        </div>
        <EarlierStep asked={asked} media={table} />
        {table.steps.length > 1 && (
          <StepToCompare
            onChange={(to) => onTables({ otherStep: to })}
            steps={table.steps.filter((one) => one !== step)}
            value={isCompared ? otherStep : undefined}
          />
        )}
      </div>
      {source === undefined ? (
        <p className="py-4 text-muted">{stepNote(step, asked)}</p>
      ) : isCompared ? (
        <SeveralTables
          isCompact={false}
          joinColumn={joinColumn}
          kin="Step"
          label={title}
          mode={mode}
          onChange={onChange}
          onJoinColumn={(column) => together.update({ joinColumn: column })}
          state={state}
          tables={[otherStep, step].map((at) => ({ name: `step ${formatNumber(at)}`, place: place(at) }))}
        />
      ) : (
        <TableExplorer label={title} mayCome={props.isActive} onChange={onChange} source={source} state={state} />
      )}
    </section>
  )
}

/** Puts the table of another step beside the one that is shown. */
function StepToCompare(props: {
  readonly steps: readonly number[]
  readonly value: number | undefined
  readonly onChange: (step: number | undefined) => void
}): ReactElement {
  return (
    <label className="flex items-center gap-2 whitespace-nowrap text-sm">
      Compare with
      <select
        className="control h-7 py-0"
        onChange={({ target }) => props.onChange(target.value === '' ? undefined : Number(target.value))}
        value={props.value ?? ''}
      >
        <option value="">no other step</option>
        {props.steps.map((step) => (
          <option key={step} value={step}>
            step {formatNumber(step)}
          </option>
        ))}
      </select>
    </label>
  )
}
