import type { MediaItem } from '@lossline/protocol'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { mediaValueQuery } from '../../api/media-queries.ts'
import { textQuery } from '../../api/text-query.ts'
import type { MediaBefore } from '../../hooks/media/use-compared-media.ts'
import { stateOfQueries } from '../../hooks/query-state.ts'
import { itemAt } from '../../view/media/item-at.ts'
import { formatNumber } from '../../view/text/format.ts'
import { Failure } from '../controls/failure.tsx'
import { ChangesBox } from './changes-box.tsx'

/** How a text came out of the one that the run logged at the step before: HTML as its source. */
export function TextChanges(props: {
  readonly before: MediaBefore
  readonly item: MediaItem
  /** Place in the list that was logged. */
  readonly index: number
  readonly name: string
}): ReactElement {
  const { before, item, index, name } = props
  const value = useQuery(mediaValueQuery(before.run, before.key, before.step))
  const old = value.data && itemAt(value.data.value, index)
  const oldText = useQuery({ ...textQuery(old?.url ?? ''), enabled: old !== undefined })
  const text = useQuery(textQuery(item.url))
  const { error, retry } = stateOfQueries(old === undefined ? [value] : [value, oldText, text])
  const step = `step ${formatNumber(before.step)}`
  if (error) {
    return <Failure error={error} onRetry={retry} />
  }
  if (value.data && old === undefined) {
    return <p className="text-muted">At {step} nothing was logged in this place of the list.</p>
  }
  if (oldText.data === undefined || text.data === undefined) {
    return <div aria-label={`Loading the changes of ${name}`} className="skeleton h-40" role="img" />
  }
  return <ChangesBox after={text.data} before={oldText.data} name={name} since={step} />
}
