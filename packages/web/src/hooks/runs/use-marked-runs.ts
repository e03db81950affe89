import type { RunGroup, RunsChangeRequest, StrictJsonObject } from '@lossline/protocol'
import { allRuns } from '../../api/all-runs.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { useServices } from '../../services.ts'
import type { ViewStore } from '../../view/address/view-store.ts'
import { download } from '../../view/browser/download.ts'
import { exportRuns, type RunsFormat } from '../../view/runs/export-runs.ts'
import { splitByPins } from '../../view/runs/pinned-runs.ts'
import { noRows, type RowSelection, selectedFilter } from '../../view/runs/row-selection.ts'
import type { RunsList } from '../../view/runs/run-pages.ts'
import { showRuns } from '../../view/runs/run-selection.ts'
import { type TableColumn, valueKeys } from '../../view/runs/table-columns.ts'
import { formatCount } from '../../view/text/format.ts'
import { createAttempt } from '../create-attempt.ts'
import { useGroupEyes } from './use-group-eyes.ts'
import { useRunActions } from './use-run-actions.ts'

/** What is done with the runs that are marked in a table. */
export interface MarkedRuns {
  change(change: Omit<RunsChangeRequest, 'of'>, done: string): void
  discard(): void
  /** Asks first. */
  stop(): void
  show(isShown: boolean): void
  /** Draws the runs of a group of the list in charts, or does not. */
  showGroup(group: RunGroup, isShown: boolean): void
  move(project: string): void
  /** Saves them, or all of the list where none is marked. */
  save(format: RunsFormat, columns: readonly TableColumn[]): void
}

/** Acts on marked runs: on those of the list that a filter finds where all are marked, also those that are not loaded. */
export function useMarkedRuns(
  address: ProjectAddress,
  options: {
    readonly list: RunsList
    readonly selection: RowSelection
    readonly setSelection: (selection: RowSelection) => void
    readonly count: number
    readonly store: ViewStore
  },
): MarkedRuns {
  const { list, selection, setSelection, count, store } = options
  const { toasts, confirm } = useServices()
  const actions = useRunActions(address)
  const found = selectedFilter(selection, list.filter)
  const all = { ...list, ...(found && { filter: found }) }
  const of = selection.isAll ? { ...(found && { filter: found }) } : { runIds: [...selection.ids] }
  const attempt = createAttempt(toasts)
  const showGroup = useGroupEyes(address, store, list.filter)
  const idsOf = async (filter: StrictJsonObject | undefined): Promise<readonly string[]> => {
    const ids: string[] = []
    for await (const { runId } of allRuns(address, { ...(filter && { filter }) })) ids.push(runId)
    return ids
  }
  const markedIds = async (): Promise<readonly string[]> => (selection.isAll ? idsOf(found) : [...selection.ids])
  return {
    change(change, done) {
      setSelection(noRows)
      void actions.change({ of, ...change }, done)
    },
    discard() {
      void actions.discard(of, count).then((isDone) => isDone && setSelection(noRows))
    },
    stop() {
      const question = {
        title: `Stop ${formatCount(count, 'run')}?`,
        text: 'Programs that listen end at their next step. What they have logged stays.',
        action: 'Stop',
      }
      void confirm.ask(question).then((isSure) => isSure && this.change({ action: 'stop' }, 'asked to stop'))
    },
    show(isShown) {
      void attempt(async () => {
        const { runs } = store.get()
        const everything = { base: { kind: isShown ? 'all' : 'none' }, shown: [], hidden: [] } as const
        const isEverything = selection.isAll && selection.ids.size === 0
        store.update({ runs: isEverything ? everything : showRuns(runs, await markedIds(), isShown) })
        setSelection(noRows)
      })
    },
    showGroup,
    move(project) {
      void attempt(async () => {
        await actions.move(await markedIds(), project)
        setSelection(noRows)
      })
    },
    save(format, columns) {
      void attempt(async () => {
        const asked = valueKeys(columns)
        // Without an id this is the whole list.
        const [saved] = splitByPins({ ...all, columns: asked }, selection.isAll ? [] : [...selection.ids])
        const runs = []
        for await (const run of allRuns(address, saved)) runs.push(run)
        const exported = { runs, columns, asked }
        const name = `${address.project}-runs.${format}`
        if (format === 'parquet') {
          const { runsToParquet } = await import('../../view/runs/runs-parquet.ts')
          download(name, new Blob([runsToParquet(exported)]), 'application/vnd.apache.parquet')
        } else download(name, exportRuns(format, exported), format === 'csv' ? 'text/csv' : 'application/json')
      })
    },
  }
}
