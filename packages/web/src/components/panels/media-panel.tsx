import { type ReactElement, useCallback, useMemo, useState } from 'react'
import { useAddress } from '../../hooks/use-address.ts'
import { type MediaOfRun, useMediaOfRuns } from '../../hooks/use-media-of-runs.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { formatCount } from '../../view/format.ts'
import { unionSteps } from '../../view/media-steps.ts'
import { runStyle } from '../../view/palette.ts'
import type { MediaConfig } from '../../view/panels/media-panel.ts'
import { keyTitle } from '../../view/sections.ts'
import { mediaStepCodec } from '../../view/workspace/media-step.ts'
import { HistogramsCard } from '../histograms-card.tsx'
import { MediaCard } from '../media-card.tsx'
import { StepSlider } from '../step-slider.tsx'
import { Swatch } from '../swatch.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'

const runCountStep = 10

/** Media of the visible runs beside each other, all at one step of the page. */
export function MediaPanel({ config, panel, context, menu }: PanelProps<MediaConfig>): ReactElement {
  const { address } = context
  const [{ step }, store] = useAddress(mediaStepCodec)
  const [runCountMax, setRunCountMax] = useState(runCountStep)
  const runs = useMemo(() => context.runs.slice(0, runCountMax), [context.runs, runCountMax])
  const media = useMediaOfRuns(address, runs, config.keys)
  const { found } = media
  const steps = useMemo(() => unionSteps(found.map((one) => one.media)), [found])
  const setStep = useCallback((to: number | undefined) => store.update({ step: to }), [store])
  const restCount = context.runs.length - runs.length
  return (
    <PanelFrame
      menu={menu}
      note={
        restCount > 0 && (
          <button className="link-text" onClick={() => setRunCountMax(runCountMax + runCountStep)} type="button">
            {formatCount(restCount, 'more run')}
          </button>
        )
      }
      summary={`${panel.title} of ${formatCount(new Set(found.map(({ run }) => run.runId)).size, 'run')}.`}
      title={panel.title}
    >
      {panelWaiting(media, found.length > 0, panel.title) ??
        (found.length === 0 ? (
          <PanelMessage>
            None of the visible runs has logged {config.keys.join(', ') || 'media for this panel'}.
          </PanelMessage>
        ) : (
          <div className="px-3 pb-3">
            <StepSlider asked={step} onChange={setStep} steps={steps} />
            <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(200px,100%),1fr))] gap-2 pt-1">
              {found.map((one) => (
                <li className="min-w-0" key={`${one.run.runId} ${one.media.key}`}>
                  <RunMedia address={address} isOverSteps={!config.isAtOneStep} of={one} step={step} />
                </li>
              ))}
            </ul>
          </div>
        ))}
    </PanelFrame>
  )
}

function RunMedia(props: {
  readonly address: PanelProps['context']['address']
  readonly of: MediaOfRun
  readonly step: number | undefined
  readonly isOverSteps: boolean
}): ReactElement {
  const { of, step, isOverSteps } = props
  const theme = useTheme()
  const at = { ...props.address, runId: of.run.runId }
  const label = `${keyTitle(of.media.key)} of ${of.run.displayName}`
  const name = (
    <span className="flex min-w-0 items-center gap-1.5">
      <Swatch style={runStyle(of.run.number, theme)} width={14} />
      <span className="truncate">{of.run.displayName}</span>
    </span>
  )
  const isOver = isOverSteps && of.media.kind === 'histogram' && of.media.steps.length > 1
  return isOver ? (
    <HistogramsCard heading={name} label={label} media={of.media} run={at} />
  ) : (
    <MediaCard asked={step} heading={name} label={label} media={of.media} run={at} size="m" />
  )
}
