import { type ReactElement, useMemo, useRef } from 'react'
import { type MediaOfRun, useMediaOfRuns } from '../../hooks/media/use-media-of-runs.ts'
import { bothStates, useRunsHaving } from '../../hooks/media/use-run-contents.ts'
import { useTableConfig } from '../../hooks/tables/use-table-config.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { usePanelStep } from '../../hooks/workspace/use-panel-step.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { isAt, stepNote, stepOf, unionSteps } from '../../view/media/media-steps.ts'
import type { TableConfig } from '../../view/panels/table-panel.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { isActive } from '../../view/run/run-state.ts'
import { oneTable } from '../../view/tables/table-state.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { StepSlider } from '../media/step-slider.tsx'
import { EarlierStep } from '../tables/earlier-step.tsx'
import { TableRunChoice } from '../tables/run-choice.tsx'
import { type NamedTable, SeveralTables } from '../tables/several-tables.tsx'
import { TableExplorer } from '../tables/table-explorer.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'

/** In lower panels rows are worth more than tools. */
const compactBelow = 420

/** A table of the visible runs at the step of the page: that of one of them, or those of all together. */
export function TablePanel(props: PanelProps<TableConfig>): ReactElement {
  const { config, panel, context, menu } = props
  const { address } = context
  const { step: asked, setStep, axis, setAxis, sync } = usePanelStep(props)
  const choices = useTableConfig(props)
  const theme = useTheme()
  const keys = useMemo(() => (config.key === undefined ? [] : [config.key]), [config.key])
  const having = useRunsHaving(address, context.runs, keys)
  const media = useMediaOfRuns(address, having.runs, keys, axis)
  const found = media.found.filter((one) => one.media.kind === 'table')
  const one = found.find(({ run }) => run.runId === choices.runId) ?? found[0]
  const mode = found.length < 2 ? 'one' : choices.mode
  const used = mode === 'one' ? (one === undefined ? [] : [one]) : found
  const tables = used.flatMap(({ run, media }): readonly NamedTable[] => {
    const { key } = media
    const step = stepOf(media, asked)
    return step === undefined
      ? []
      : [
          {
            name: run.displayName,
            style: styleOfRun(run, theme),
            place: { kind: 'run', ...runAddressOf(run.runId, address), key, step },
          },
        ]
  })
  const place = tables[0]?.place
  return (
    <PanelFrame
      menu={menu}
      note={
        <TableRunChoice
          chosenId={one?.run.runId}
          mode={mode}
          onChoose={choices.choose}
          runs={found.map(({ run }) => run)}
          title={panel.title}
        />
      }
      summary={`Table ${panel.title} of ${formatCount(found.length, 'run')}.`}
      title={panel.title}
    >
      {panelWaiting(bothStates(having, media), one !== undefined, panel.title) ??
        (one === undefined ? (
          <PanelMessage>
            {config.key === undefined
              ? 'This panel asks for something that this page cannot show. It is kept as it is.'
              : `None of the visible runs has logged the table ${config.key}.`}
          </PanelMessage>
        ) : (
          <Roomy>
            {(isCompact) => (
              <>
                <div className="flex shrink-0 flex-wrap items-center gap-x-3">
                  <StepSlider
                    asked={asked}
                    axis={{ key: axis, choices: media.axes, choose: setAxis }}
                    onChange={setStep}
                    steps={unionSteps(used.map((each) => each.media))}
                    sync={sync}
                  />
                  <EarlierSteps asked={asked} used={used} />
                </div>
                {place === undefined ? (
                  <PanelMessage>{stepNote(undefined, asked, one.media)}</PanelMessage>
                ) : mode === 'one' ? (
                  <TableExplorer
                    isCompact={isCompact}
                    key={`${one.run.runId} ${one.media.key}`}
                    label={panel.title}
                    mayCome={isActive(one.run.state)}
                    onChange={choices.change}
                    source={oneTable(place)}
                    state={choices.view}
                  />
                ) : (
                  <SeveralTables
                    isCompact={isCompact}
                    joinColumn={choices.joinColumn}
                    key={mode}
                    kin="Run"
                    label={panel.title}
                    mode={mode}
                    onChange={choices.change}
                    onJoinColumn={(joinColumn) => choices.choose({ joinColumn })}
                    state={choices.view}
                    tables={tables}
                  />
                )}
              </>
            )}
          </Roomy>
        ))}
    </PanelFrame>
  )
}

/** Says whether there is little room. */
function Roomy({ children }: { readonly children: (isCompact: boolean) => ReactElement }): ReactElement {
  const body = useRef<HTMLDivElement>(null)
  const { height } = useElementSize(body)
  return (
    <div className="flex h-full flex-col px-3 pb-2" ref={body}>
      {height > 0 && children(height < compactBelow)}
    </div>
  )
}

/** Which runs show another step than the one that was asked for. */
function EarlierSteps(props: {
  readonly used: readonly MediaOfRun[]
  readonly asked: number | undefined
}): ReactElement | null {
  const { used, asked } = props
  const [first] = used
  if (asked === undefined || first === undefined) return null
  if (used.length === 1) return <EarlierStep asked={asked} media={first.media} />
  const others = used.filter(({ media }) => !isAt(media, asked))
  if (others.length === 0) return null
  const title = others.map(({ run, media }) => {
    const step = stepOf(media, asked)
    return `${run.displayName}: ${stepNote(step, step === undefined ? asked : undefined, media)}`
  })
  return (
    <span className="whitespace-nowrap text-muted text-sm" title={title.join('\n')}>
      {formatCount(others.length, 'run')} at another step (asked {formatNumber(asked)})
    </span>
  )
}
