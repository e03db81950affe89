import type { MediaKey } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useMemo, useRef } from 'react'
import { mediaValueQuery, type RunAddress } from '../../api/media-queries.ts'
import { MediaBeforeContext, MediaOriginContext } from '../../hooks/media/use-compared-media.ts'
import { useSeen } from '../../hooks/use-seen.ts'
import { stepBefore, stepNote, stepOf } from '../../view/media/media-steps.ts'
import { formatCount, formatNumber } from '../../view/text/format.ts'
import { keyTitle } from '../../view/workspace/sections.ts'
import { ContentCard } from '../controls/content-card.tsx'
import { MediaValueView } from './media-value.tsx'

/** One key of a run at a step: pictures, sounds, films, pages, a histogram, or files to download. */
export function MediaCard(props: {
  readonly run: RunAddress
  readonly media: MediaKey
  readonly asked: number | undefined
  /** Height of pictures in pixels, or `exact`. */
  readonly fit: number | 'exact'
  readonly runName: string
  /** Instead of the key: of which run it is, where runs are beside each other. */
  readonly heading?: ReactNode
  /** What it is called. Default: the key. */
  readonly label?: string
}): ReactElement {
  const { run, media, asked, fit, runName } = props
  const card = useRef<HTMLElement>(null)
  const isSeen = useSeen(card)
  const step = stepOf(media, asked)
  const query = useQuery({
    ...mediaValueQuery(run, media.key, step ?? 0),
    enabled: isSeen && step !== undefined,
    placeholderData: keepPreviousData,
  })
  const title = keyTitle(media.key)
  const { entity, project, runId } = run
  const shownStep = query.data?.step ?? step ?? 0
  const origin = useMemo(
    () => ({ entity, project, runId, runName, key: title, step: shownStep }),
    [entity, project, runId, runName, title, shownStep],
  )
  const beforeStep = stepBefore(media, shownStep)
  const before = useMemo(
    () =>
      beforeStep === undefined ? undefined : { run: { entity, project, runId }, key: media.key, step: beforeStep },
    [entity, project, runId, media.key, beforeStep],
  )
  const isInPanel = props.heading !== undefined
  const isWide = !isInPanel && (media.kind === 'image' || media.kind === 'html')
  return (
    <ContentCard
      className={`${isInPanel || media.kind === 'text' ? 'min-h-24' : 'min-h-56'} ${isWide ? 'col-span-full' : ''}`}
      heading={props.heading}
      isCompact={isInPanel}
      label={props.label}
      note={
        <>
          {stepNote(step, asked, media)}
          {media.stepCount !== undefined &&
            ` · ${formatNumber(media.steps.length)} of ${formatCount(media.stepCount, 'step')}`}
        </>
      }
      // What was asked before is of another step than one that has nothing.
      query={step === undefined ? { ...query, data: null, error: null, isPending: false } : query}
      ref={card}
      title={title}
    >
      {query.data && step !== undefined && (
        <MediaOriginContext value={origin}>
          <MediaBeforeContext value={before}>
            <MediaValueView fit={fit} title={title} value={query.data.value} />
          </MediaBeforeContext>
        </MediaOriginContext>
      )}
    </ContentCard>
  )
}
