import { type ReactElement, useMemo } from 'react'
import { useMediaItems } from '../../hooks/media/use-media-items.ts'
import { MediaLookContext } from '../../hooks/media/use-media-look.ts'
import { useMediaOfRuns } from '../../hooks/media/use-media-of-runs.ts'
import { usePanelLook } from '../../hooks/media/use-panel-look.ts'
import { bothStates, useRunsHaving } from '../../hooks/media/use-run-contents.ts'
import { usePanelStep } from '../../hooks/workspace/use-panel-step.ts'
import { layerChoices } from '../../view/media/layer-view.ts'
import { unionSteps } from '../../view/media/media-steps.ts'
import { mediaTable } from '../../view/media/media-table.ts'
import type { MediaConfig } from '../../view/panels/media-panel.ts'
import { formatCount } from '../../view/text/format.ts'
import { FilmGroup } from '../media/film-group.tsx'
import { MediaLookControls } from '../media/media-look-controls.tsx'
import { StepSlider } from '../media/step-slider.tsx'
import { useFirstRuns } from './first-runs.tsx'
import { MediaBody } from './media-body.tsx'
import { PanelFrame } from './panel-frame.tsx'
import { PanelMessage, panelWaiting } from './panel-message.tsx'
import type { PanelProps } from './panel-props.ts'

/** Media of the visible runs, all at one step of the page: beside each other, or in rows and columns. */
export function MediaPanel(props: PanelProps<MediaConfig>): ReactElement {
  const { config, panel, context, menu } = props
  const { address } = context
  const { step, setStep, axis, setAxis, sync } = usePanelStep(props)
  const having = useRunsHaving(address, context.runs, config.keys)
  const [runs, more] = useFirstRuns(having.runs)
  const media = useMediaOfRuns(address, runs, config.keys, axis)
  const { found } = media
  const look = usePanelLook(props)
  const items = useMediaItems(address, found, step)
  const choices = useMemo(
    () => layerChoices(items.flatMap(({ kind, item }) => (kind === 'image' ? [item] : []))),
    [items],
  )
  const table = useMemo(() => mediaTable(items), [items])
  const steps = useMemo(() => unionSteps(found.map((one) => one.media)), [found])
  return (
    <PanelFrame
      menu={menu}
      note={more}
      summary={`${panel.title} of ${formatCount(new Set(found.map(({ run }) => run.runId)).size, 'run')}.`}
      table={table.rows.length > 0 ? table : undefined}
      title={panel.title}
    >
      {panelWaiting(bothStates(having, media), found.length > 0, panel.title) ??
        (found.length === 0 ? (
          <PanelMessage>
            None of the visible runs has logged {config.keys.join(', ') || 'media for this panel'}.
          </PanelMessage>
        ) : (
          <div className="flex h-full flex-col gap-1 px-2 pb-2">
            <div className="flex shrink-0 items-start gap-2">
              <StepSlider
                asked={step}
                axis={{ key: axis, choices: media.axes, choose: setAxis }}
                onChange={setStep}
                steps={steps}
                sync={sync}
              />
            </div>
            <MediaLookControls
              choices={choices}
              hasTexts={found.some(({ media: { kind } }) => kind === 'text')}
              shared={look}
            />
            <MediaLookContext value={look}>
              <FilmGroup>
                <MediaBody
                  address={address}
                  config={config}
                  found={found}
                  isFullScreen={context.isFullScreen === true}
                  items={items}
                  step={step}
                />
              </FilmGroup>
            </MediaLookContext>
          </div>
        ))}
    </PanelFrame>
  )
}
