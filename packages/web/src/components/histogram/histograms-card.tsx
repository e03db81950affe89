import type { MediaKey } from '@lossline/protocol'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useRef } from 'react'
import { histogramsQuery, type RunAddress } from '../../api/media-queries.ts'
import { useSeen } from '../../hooks/use-seen.ts'
import { formatCount } from '../../view/text/format.ts'
import { keyTitle } from '../../view/workspace/sections.ts'
import { ContentCard } from '../controls/content-card.tsx'
import { HistogramHeat } from './histogram-heat.tsx'

/** Histograms of one key over the steps. */
export function HistogramsCard(props: {
  readonly run: RunAddress
  readonly media: MediaKey
  /** Instead of the key: of which run they are, where runs are beside each other. */
  readonly heading?: ReactNode
  /** What it is called. Default: the key. */
  readonly label?: string
}): ReactElement {
  const { run, media } = props
  const card = useRef<HTMLElement>(null)
  const isSeen = useSeen(card)
  const query = useQuery({
    ...histogramsQuery(run, media.key, media.steps.at(-1) ?? 0),
    enabled: isSeen,
    placeholderData: keepPreviousData,
  })
  const title = keyTitle(media.key)
  const shownCount = query.data?.steps.length ?? 0
  return (
    <ContentCard
      className="h-60"
      heading={props.heading}
      label={props.label}
      note={
        query.data && shownCount < media.steps.length
          ? `${shownCount} of ${formatCount(media.steps.length, 'step')}`
          : formatCount(media.steps.length, 'step')
      }
      query={query}
      ref={card}
      title={title}
    >
      {query.data && <HistogramHeat label={title} series={query.data} />}
    </ContentCard>
  )
}
