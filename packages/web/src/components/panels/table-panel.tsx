import type { MediaKey } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useCallback, useMemo, useState } from 'react'
import { type RunAddress, type TableSource, tableQuery } from '../../api/media-queries.ts'
import { useAddress } from '../../hooks/use-address.ts'
import { useMediaOfRuns } from '../../hooks/use-media-of-runs.ts'
import { formatCount } from '../../view/format.ts'
import { nextSort } from '../../view/media-state.ts'
import { stepOf } from '../../view/media-steps.ts'
import type { TableConfig } from '../../view/panels/table-panel.ts'
import { mediaStepCodec } from '../../view/workspace/media-step.ts'
import { StepSlider } from '../step-slider.tsx'
import { TableGrid } from '../table-grid.tsx'
import { TableRowDialog } from '../table-row-dialog.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'

/** A table of one of the visible runs, which is chosen in its heading, at the step of the page. */
export function TablePanel({ config, panel, context, menu }: PanelProps<TableConfig>): ReactElement {
  const { address, runs } = context
  const [{ step }, store] = useAddress(mediaStepCodec)
  const [chosenId, setChosenId] = useState<string>()
  const keys = useMemo(() => (config.key === undefined ? [] : [config.key]), [config.key])
  const media = useMediaOfRuns(address, runs, keys)
  const tables = media.found.filter((one) => one.media.kind === 'table')
  const chosen = tables.find(({ run }) => run.runId === chosenId) ?? tables[0]
  const setStep = useCallback((to: number | undefined) => store.update({ step: to }), [store])
  return (
    <PanelFrame
      menu={menu}
      note={
        tables.length > 1 && (
          <select
            aria-label={`Run of ${panel.title}`}
            className="control h-6 max-w-40 py-0 text-sm"
            onChange={({ target }) => setChosenId(target.value)}
            value={chosen?.run.runId}
          >
            {tables.map(({ run }) => (
              <option key={run.runId} value={run.runId}>
                {run.displayName}
              </option>
            ))}
          </select>
        )
      }
      summary={`Table ${panel.title} of ${formatCount(tables.length, 'run')}.`}
      title={panel.title}
    >
      {panelWaiting(media, chosen !== undefined, panel.title) ??
        (chosen === undefined ? (
          <PanelMessage>
            {config.key === undefined
              ? 'This panel asks for something that this page cannot show. It is kept as it is.'
              : `None of the visible runs has logged the table ${config.key}.`}
          </PanelMessage>
        ) : (
          <div className="flex h-full flex-col px-3 pb-2">
            <StepSlider asked={step} onChange={setStep} steps={chosen.media.steps} />
            <Rows
              key={`${chosen.run.runId} ${chosen.media.key}`}
              media={chosen.media}
              run={{ ...address, runId: chosen.run.runId }}
              step={stepOf(chosen.media, step) ?? 0}
              title={panel.title}
            />
          </div>
        ))}
    </PanelFrame>
  )
}

function Rows(props: {
  readonly run: RunAddress
  readonly media: MediaKey
  readonly step: number
  readonly title: string
}): ReactElement {
  const { run, media, step, title } = props
  const [sort, setSort] = useState<{ readonly sort: string | undefined; readonly isDescending: boolean }>(unsorted)
  const [row, setRow] = useState<number>()
  const { entity, project, runId } = run
  const source: TableSource = useMemo(
    () => ({ kind: 'run', run: { entity, project, runId }, key: media.key, step }),
    [entity, project, runId, media.key, step],
  )
  const selection = useMemo(() => ({ ...sort, search: '' }), [sort])
  const query = useQuery({ ...tableQuery(source, selection, 0), placeholderData: keepPreviousData })
  const state = { isPending: query.isPending, error: query.error ?? undefined, retry: () => void query.refetch() }
  const { data } = query
  if (data === undefined) return panelWaiting(state, false, title) ?? <PanelMessage>Nothing to show.</PanelMessage>
  return (
    <>
      <TableGrid
        columns={data.columns}
        firstRows={data.rows}
        label={title}
        onOpen={setRow}
        onSort={(column) => setSort((old) => nextSort(old, column))}
        rowCount={data.rowCount}
        selection={selection}
        source={source}
      />
      {row !== undefined && (
        <TableRowDialog
          at={row}
          columns={data.columns}
          onChange={setRow}
          rowCount={data.rowCount}
          selection={selection}
          source={source}
        />
      )}
    </>
  )
}

const unsorted = { sort: undefined, isDescending: false } as const
