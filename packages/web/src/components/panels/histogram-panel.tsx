import { type ReactElement, type ReactNode, useMemo, useRef, useState } from 'react'
import { type ShownHistograms, useHistograms } from '../../hooks/chart/use-histograms.ts'
import { useMediaOfRuns } from '../../hooks/media/use-media-of-runs.ts'
import { bothStates, useRunsHaving } from '../../hooks/media/use-run-contents.ts'
import { usePageWheel } from '../../hooks/use-page-wheel.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { usePanelStep } from '../../hooks/workspace/use-panel-step.ts'
import { histogramTable } from '../../view/chart/histogram-series.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { stepNote, stepOf, unionSteps } from '../../view/media/media-steps.ts'
import type { HistogramConfig } from '../../view/panels/histogram-panel.ts'
import { formatCount } from '../../view/text/format.ts'
import { Swatch } from '../chart/swatch.tsx'
import { HistogramBars } from '../histogram/histogram-bars.tsx'
import { HistogramHeat } from '../histogram/histogram-heat.tsx'
import { HistogramRidges } from '../histogram/histogram-ridges.tsx'
import { StepSlider } from '../media/step-slider.tsx'
import { useFirstRuns } from './first-runs.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'
import { RunChoice } from './run-choice.tsx'

/** Histograms of the visible runs over one axis of values: over all steps, or at the step of the page. */
export function HistogramPanel(props: PanelProps<HistogramConfig>): ReactElement {
  const { config, panel, context, menu } = props
  const { address } = context
  const { step, setStep, axis, setAxis, sync } = usePanelStep(props)
  const having = useRunsHaving(address, context.runs, config.keys)
  const [runs, more] = useFirstRuns(having.runs)
  const media = useMediaOfRuns(address, runs, config.keys, axis)
  const all = useMemo(() => media.found.filter((one) => one.media.kind === 'histogram'), [media.found])
  const [wantedId, setWantedId] = useState<string>()
  const choices = useMemo(() => [...new Set(all.map(({ run }) => run))], [all])
  const chosenId = (choices.find(({ runId }) => runId === wantedId) ?? choices[0])?.runId
  const found = useMemo(
    () => (config.isOneRun ? all.filter(({ run }) => run.runId === chosenId) : all),
    [all, config.isOneRun, chosenId],
  )
  const histograms = useHistograms(address, found, config.shape === 'step' ? { step } : 'over-steps')
  const steps = useMemo(() => unionSteps(found.map((one) => one.media)), [found])
  const table = useMemo(() => histogramTable(histograms.shown.flatMap(toRows)), [histograms.shown])
  const waiting =
    panelWaiting(bothStates(having, media), all.length > 0, panel.title) ??
    (all.length > 0 ? panelWaiting(histograms, histograms.shown.length > 0, panel.title) : undefined)
  const isTooEarly = config.shape === 'step' && found.every(({ media: key }) => stepOf(key, step) === undefined)
  const note: ReactNode = config.isOneRun ? (
    <RunChoice chosenId={chosenId} onChoose={setWantedId} runs={choices} title={panel.title} />
  ) : (
    more
  )
  return (
    <PanelFrame
      menu={menu}
      note={note}
      summary={`Histograms of ${panel.title} of ${formatCount(new Set(found.map(({ run }) => run.runId)).size, 'run')}.`}
      table={table.rows.length > 0 ? table : undefined}
      title={panel.title}
    >
      {waiting ??
        (all.length === 0 ? (
          <PanelMessage>
            None of the visible runs has logged a histogram as {config.keys.join(', ') || 'the key of this panel'}.
          </PanelMessage>
        ) : (
          <Scrolled isReachable={histograms.shown.length > 1}>
            {config.shape === 'step' && (
              <div className="flex shrink-0">
                <StepSlider
                  asked={step}
                  axis={{ key: axis, choices: media.axes, choose: setAxis }}
                  onChange={setStep}
                  steps={steps}
                  sync={sync}
                />
              </div>
            )}
            {isTooEarly && <p className="p-2 text-muted">{stepNote(undefined, step, found[0]?.media)}</p>}
            <ul
              className={`grid min-h-0 flex-1 grid-cols-[repeat(auto-fit,minmax(min(240px,100%),1fr))] gap-3 ${
                histograms.shown.length > 1 ? 'auto-rows-[minmax(170px,1fr)]' : ''
              }`}
            >
              {histograms.shown.map((one) => (
                <li className="flex min-h-0 min-w-0 flex-col" key={`${one.run.runId} ${one.key}`}>
                  <Histogram hasName={histograms.shown.length > 1 || runs.length > 1} of={one} shape={config.shape} />
                </li>
              ))}
            </ul>
          </Scrolled>
        ))}
    </PanelFrame>
  )
}

/** Holds more histograms than have room; the wheel belongs to the page until somebody turns to them. */
function Scrolled(props: { readonly isReachable: boolean; readonly children: ReactNode }): ReactElement {
  const box = useRef<HTMLDivElement>(null)
  usePageWheel(box)
  return (
    <div
      className="flex h-full flex-col overflow-y-auto px-3 pb-2"
      ref={box}
      // What scrolls must be reachable by keyboard.
      tabIndex={props.isReachable ? 0 : undefined}
    >
      {props.children}
    </div>
  )
}

function Histogram(props: {
  readonly of: ShownHistograms
  readonly shape: HistogramConfig['shape']
  readonly hasName: boolean
}): ReactElement {
  const { of, shape } = props
  const style = styleOfRun(of.run, useTheme())
  const label = `${of.key} of ${of.run.displayName}`
  const first = of.steps[0] ?? 0
  return (
    <>
      {(props.hasName || shape === 'step') && (
        <p className="flex min-w-0 shrink-0 items-center gap-1.5 text-sm">
          <Swatch style={style} width={14} />
          <span className="truncate">{of.run.displayName}</span>
          {shape === 'step' && <span className="shrink-0 text-muted">{stepNote(first, of.asked, of.media)}</span>}
        </p>
      )}
      <div className="min-h-0 flex-1">
        {shape === 'step' ? (
          <HistogramBars counts={of.counts[0] ?? []} edges={of.edges} label={label} range={of.range} />
        ) : shape === 'ridge' ? (
          <HistogramRidges color={style.color} label={label} series={of} />
        ) : (
          <HistogramHeat label={label} series={of} />
        )}
      </div>
    </>
  )
}

function toRows({ run, key, steps, counts, edges }: ShownHistograms) {
  return steps.map((step, index) => ({ runName: run.displayName, key, step, counts: counts[index] ?? [], edges }))
}
