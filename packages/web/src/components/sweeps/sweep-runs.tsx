import type { RunsSort, SweepDetail } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactElement, useMemo, useState } from 'react'
import { type ProjectAddress, runKeysQuery } from '../../api/queries.ts'
import { useBaseline } from '../../hooks/runs/use-baseline.ts'
import { useHeldRuns } from '../../hooks/runs/use-held-runs.ts'
import { useRuns } from '../../hooks/runs/use-runs.ts'
import { useAtWork } from '../../hooks/use-at-work.ts'
import { useView } from '../../hooks/workspace/use-view.ts'
import { togglePin } from '../../view/runs/pinned-runs.ts'
import { noRows } from '../../view/runs/row-selection.ts'
import { showOnly, toggleRun } from '../../view/runs/run-selection.ts'
import { toggleSort } from '../../view/runs/sort-state.ts'
import { chosenColumns, valueKeys, withDeltas } from '../../view/runs/table-columns.ts'
import { toFlatRows } from '../../view/runs/table-rows.ts'
import { searchedKeys } from '../../view/sweeps/searched-keys.ts'
import { isTextKind } from '../../view/text/sort-rule.ts'
import { GuideLink } from '../guide/guide-link.tsx'
import { NewRunsBar } from '../runs/new-runs-bar.tsx'
import { RunsTable } from '../runs/runs-table.tsx'
import { ErrorMessage, PageMessage } from '../shell/page-message.tsx'

/** The runs of a sweep with what they were given and what came of it. */
export function SweepRuns({
  address,
  sweep,
}: {
  readonly address: ProjectAddress
  readonly sweep: SweepDetail
}): ReactElement {
  const { metric, parameters } = sweep
  const [view, store] = useView()
  const keyInfos = useQuery(runKeysQuery(address)).data?.keys
  const sort = useMemo(
    (): readonly RunsSort[] =>
      view.sort.length > 0 || metric === null
        ? view.sort
        : [{ key: metric.key, isDescending: metric.goal === 'maximize' }],
    [view.sort, metric],
  )
  const [selection, setSelection] = useState(noRows)
  const columns = useMemo(() => {
    return chosenColumns(
      ['run.state', ...(metric ? [metric.key] : []), ...searchedKeys(parameters), 'run.runtime', 'run.created'],
      keyInfos ?? [],
    )
  }, [metric, parameters, keyInfos])
  const asked = useMemo(() => valueKeys(columns), [columns])
  const list = useMemo(() => ({ filter: { sweep: sweep.name }, sort, columns: asked }), [sweep.name, sort, asked])
  const runs = useRuns(address, list, view.runs, { pins: view.pins })
  const baseline = useBaseline(address, view.baseline, asked)
  const work = useAtWork()
  const held = useHeldRuns(address, runs, work.isAtWork)
  const { ensure } = runs
  const { total, runs: listed } = held
  const rows = useMemo(() => toFlatRows({ total, runs: listed, ensure }), [total, listed, ensure])
  if (runs.error && runs.total === undefined) return <ErrorMessage error={runs.error} onRetry={runs.retry} />
  if (runs.total === 0)
    return (
      <PageMessage title="No runs yet">
        <p>They appear here as soon as one names this sweep.</p>
        <GuideLink to="page#sweeps">Runs of a sweep</GuideLink>
      </PageMessage>
    )
  return (
    <>
      <p className="bg-panel px-4 py-2">
        <Link
          className="link-text"
          params={address}
          search={{ q: `run.sweep = ${JSON.stringify(sweep.name)}` } as never}
          to="/$entity/$project/table"
        >
          Open in the runs table
        </Link>
      </p>
      <RunsTable
        address={address}
        asked={asked}
        baseline={baseline}
        news={<NewRunsBar news={held.news} />}
        work={work}
        columns={baseline === undefined ? columns : withDeltas(columns)}
        head={{
          sort,
          onSort: (column, isAdded) =>
            store.update({ sort: toggleSort(sort, column.key, { isAdded, isText: isTextKind(column.kind) }) }),
        }}
        onBaseline={(runId) => store.update({ baseline: view.baseline === runId ? undefined : runId })}
        onOnly={(runId) => store.update({ runs: showOnly(store.get().runs, runId, undefined) })}
        onPin={(runId) => store.update({ pins: togglePin(store.get().pins, runId) })}
        onSelect={setSelection}
        onToggle={(runId, isVisible) => store.update({ runs: toggleRun(store.get().runs, runId, isVisible) })}
        // Runs of a sweep are listed one by one.
        onToggleGroup={() => {}}
        pins={view.pins}
        rows={rows}
        runCount={runs.total ?? 0}
        selection={selection}
        drawn={runs.visibleRuns}
      />
    </>
  )
}
