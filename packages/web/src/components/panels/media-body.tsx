import { type ReactElement, useMemo, useRef } from 'react'
import type { MediaOfRun } from '../../hooks/media/use-media-of-runs.ts'
import { useElementSize } from '../../hooks/use-element-size.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import type { ComparedItem } from '../../view/media/compared-media.ts'
import { fitPictures, ratioOfPictures } from '../../view/media/fit-pictures.ts'
import type { MediaConfig } from '../../view/panels/media-panel.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { keyTitle } from '../../view/workspace/sections.ts'
import { Swatch } from '../chart/swatch.tsx'
import { HistogramsCard } from '../histogram/histograms-card.tsx'
import { MediaCard } from '../media/media-card.tsx'
import { MediaGrid } from './media-grid.tsx'
import type { PanelProps } from './panel-props.ts'

/** Pictures become no smaller by themselves, CSS pixels. */
const leastHeight = 64

/**
 * The media of a panel: a card for each run, or rows and columns. On a whole screen pictures are as large as it allows, in a small
 * panel somewhat smaller than was asked for where all are in sight then.
 */
export function MediaBody(props: {
  readonly address: PanelProps['context']['address']
  readonly config: MediaConfig
  readonly found: readonly MediaOfRun[]
  readonly items: readonly ComparedItem[]
  readonly step: number | undefined
  readonly isFullScreen: boolean
}): ReactElement {
  const { address, config, found, items, step, isFullScreen } = props
  const box = useRef<HTMLDivElement>(null)
  const room = useElementSize(box)
  const layout = useMemo(() => {
    const pictures = items.filter(({ kind }) => kind === 'image')
    if (config.fit === 'exact' || pictures.length === 0) return undefined
    const found = fitPictures(pictures.length, ratioOfPictures(items), room, config.columnCount)
    if (isFullScreen) return found.height > config.fit ? found : undefined
    // Somewhat smaller where that is enough to have all in sight; pictures that are too small tell nothing.
    const isEnough = pictures.length === items.length && found.height >= Math.min(leastHeight, config.fit)
    return isEnough && found.height < config.fit ? found : undefined
  }, [isFullScreen, config, items, room])
  // Several pictures of a card stand beside each other in it.
  const cardColumns =
    config.columnCount ??
    (layout && Math.max(1, Math.floor((layout.columns * found.length) / Math.max(found.length, items.length))))
  return (
    <div className="min-h-0 flex-1" ref={box}>
      {config.grid ? (
        <MediaGrid
          address={address}
          fit={config.fit}
          found={found}
          grid={config.grid}
          room={isFullScreen ? room : undefined}
          step={step}
        />
      ) : (
        <ul
          className="grid gap-2"
          style={{
            gridTemplateColumns:
              cardColumns === undefined
                ? 'repeat(auto-fill, minmax(min(200px, 100%), 1fr))'
                : `repeat(${cardColumns}, minmax(0, 1fr))`,
          }}
        >
          {found.map((one) => (
            <li className="min-w-0" key={`${one.run.runId} ${one.media.key}`}>
              <RunMedia
                address={address}
                fit={layout?.height ?? config.fit}
                isOverSteps={!config.isAtOneStep}
                of={one}
                step={step}
              />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function RunMedia(props: {
  readonly address: PanelProps['context']['address']
  readonly of: MediaOfRun
  readonly step: number | undefined
  readonly fit: number | 'exact'
  readonly isOverSteps: boolean
}): ReactElement {
  const { of, step, isOverSteps } = props
  const theme = useTheme()
  const at = runAddressOf(of.run.runId, props.address)
  const label = `${keyTitle(of.media.key)} of ${of.run.displayName}`
  const name = (
    <span className="flex min-w-0 items-center gap-1.5">
      <Swatch style={styleOfRun(of.run, theme)} width={14} />
      <span className="truncate">{of.run.displayName}</span>
    </span>
  )
  const isOver = isOverSteps && of.media.kind === 'histogram' && of.media.steps.length > 1
  return isOver ? (
    <HistogramsCard heading={name} label={label} media={of.media} run={at} />
  ) : (
    <MediaCard
      asked={step}
      fit={props.fit}
      heading={name}
      label={label}
      media={of.media}
      run={at}
      runName={of.run.displayName}
    />
  )
}
