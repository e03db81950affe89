import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useMemo, useRef, useState } from 'react'
import { mediaValueQuery } from '../../api/media-queries.ts'
import type { ProjectAddress } from '../../api/queries.ts'
import { MediaBeforeContext, MediaOriginContext } from '../../hooks/media/use-compared-media.ts'
import { useMediaItems } from '../../hooks/media/use-media-items.ts'
import type { MediaOfRun } from '../../hooks/media/use-media-of-runs.ts'
import { useSeen } from '../../hooks/use-seen.ts'
import { useTheme } from '../../hooks/use-store.ts'
import { styleOfRun } from '../../view/chart/palette.ts'
import { fitPictures, ratioOfPictures } from '../../view/media/fit-pictures.ts'
import { cellSources, gridPlaces, gridSteps, type MediaAxis, type MediaPlace } from '../../view/media/media-grid.ts'
import { stepBefore, stepNote, stepOf, unionSteps } from '../../view/media/media-steps.ts'
import { runAddressOf } from '../../view/run/run-key.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { keyTitle } from '../../view/workspace/sections.ts'
import { Swatch } from '../chart/swatch.tsx'
import { Failure } from '../controls/failure.tsx'
import { MediaValueView } from '../media/media-value.tsx'

const stepCountAtFirst = 8
const rowNameWidth = 128

interface Shown {
  readonly address: ProjectAddress
  readonly found: readonly MediaOfRun[]
  /** Of the page, where steps are no axis. */
  readonly step: number | undefined
  readonly fit: number | 'exact'
}

/** Media in rows and columns: runs, steps, keys, or places in the lists that were logged. */
export function MediaGrid(
  props: Shown & {
    readonly grid: { readonly columns: MediaAxis; readonly rows: MediaAxis }
    /** What all pictures are to be in sight in, on a whole screen. */
    readonly room?: { readonly width: number; readonly height: number } | undefined
  },
): ReactElement {
  const { grid, room, ...given } = props
  const { found, step } = given
  const [stepCount, setStepCount] = useState(stepCountAtFirst)
  const items = useMediaItems(given.address, found, step)
  const places = useMemo(() => {
    const indexCount = Math.max(1, ...items.map(({ index }) => index + 1))
    return (axis: MediaAxis): readonly MediaPlace[] => gridPlaces(axis, found, indexCount, stepCount)
  }, [found, items, stepCount])
  const [columns, rows] = [places(grid.columns), places(grid.rows)]
  // Beside the names of the rows.
  const inner = room && { width: room.width - rowNameWidth, height: room.height - rowNameWidth / 4 }
  const most = inner && fitPictures(columns.length * rows.length, ratioOfPictures(items), inner, columns.length).height
  const fit = given.fit === 'exact' ? given.fit : Math.max(given.fit, most ?? 0)
  const shown = { ...given, fit }
  const hasSteps = grid.columns === 'step' || grid.rows === 'step'
  const all = hasSteps ? unionSteps(found.map(({ media: { steps } }) => ({ steps }))).length : 0
  const restCount = all - gridSteps(found, stepCount).length
  return (
    <>
      <table className="border-separate border-spacing-1">
        <thead>
          <tr>
            <td />
            {columns.map((place) => (
              <th className="px-1 text-left font-normal text-sm" key={place.value} scope="col">
                <PlaceName found={found} place={place} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.value}>
              <th className="max-w-32 pr-2 text-left align-top font-normal text-sm" scope="row">
                <PlaceName found={found} place={row} />
              </th>
              {columns.map((column) => (
                <td className="align-top" key={column.value}>
                  <GridCell {...shown} places={[column, row]} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {restCount > 0 && (
        <button
          className="link-text self-start"
          onClick={() => setStepCount(stepCount + stepCountAtFirst)}
          type="button"
        >
          {formatCount(restCount, 'earlier step')}
        </button>
      )}
    </>
  )
}

function PlaceName({ place, found }: { readonly place: MediaPlace; readonly found: Shown['found'] }): ReactElement {
  const theme = useTheme()
  switch (place.axis) {
    case 'run': {
      const run = found.find((one) => one.run.runId === place.value)?.run
      return (
        <span className="flex min-w-0 items-center gap-1.5">
          {run && <Swatch style={styleOfRun(run, theme)} width={14} />}
          <span className="truncate">{run?.displayName}</span>
        </span>
      )
    }
    case 'step':
      return <>Step {formatNumber(Number(place.value))}</>
    case 'index':
      return <>No. {Number(place.value) + 1}</>
    case 'key':
      return <>{keyTitle(String(place.value))}</>
  }
}

function GridCell(props: Shown & { readonly places: readonly MediaPlace[] }): ReactElement {
  const { places, found, step, ...shown } = props
  const { sources, index } = useMemo(() => cellSources(found, places), [found, places])
  return (
    <div className="flex flex-wrap gap-2">
      {sources.map(({ run, media, step: own }) => {
        const at = own ?? stepOf(media, step)
        const key = `${run.runId} ${media.key}`
        return at === undefined ? (
          <p className="text-muted text-sm" key={key}>
            {stepNote(at, step, media)}
          </p>
        ) : (
          <GridValue {...shown} index={index} key={key} of={{ run, media }} step={at} />
        )
      })}
    </div>
  )
}

function GridValue(
  props: Pick<Shown, 'address' | 'fit'> & {
    readonly of: MediaOfRun
    readonly step: number
    readonly index: number | undefined
  },
): ReactElement {
  const { address, fit, of, step, index } = props
  const { run, media } = of
  const at = useMemo(() => runAddressOf(run.runId, address), [run.runId, address])
  const box = useRef<HTMLDivElement>(null)
  const isSeen = useSeen(box)
  const query = useQuery({
    ...mediaValueQuery(at, media.key, step),
    enabled: isSeen,
    placeholderData: keepPreviousData,
  })
  const origin = useMemo(
    () => ({ ...at, runName: run.displayName, key: keyTitle(media.key), step }),
    [at, run.displayName, media.key, step],
  )
  const beforeStep = stepBefore(media, step)
  const before = useMemo(
    () => (beforeStep === undefined ? undefined : { run: at, key: media.key, step: beforeStep }),
    [at, media.key, beforeStep],
  )
  return (
    <div className="min-h-16 min-w-16" ref={box}>
      {query.error && !query.data && <Failure error={query.error} onRetry={query.refetch} />}
      {query.data && (
        <MediaOriginContext value={origin}>
          <MediaBeforeContext value={before}>
            <MediaValueView fit={fit} index={index} title={keyTitle(media.key)} value={query.data.value} />
          </MediaBeforeContext>
        </MediaOriginContext>
      )}
    </div>
  )
}
