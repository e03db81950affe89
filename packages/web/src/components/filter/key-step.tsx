import type { QueryKeyInfo } from '@lossline/protocol'
import { type ReactElement, useMemo, useState } from 'react'
import type { PickGroup, PickItem } from '../../view/palette/pick-item.ts'
import { rankByText } from '../../view/palette/rank.ts'
import { formatNumber } from '../../view/text/format.ts'
import { PickList } from '../shell/pick-list.tsx'

/** Keys that are listed at most: the rest comes with more letters. */
const listedCount = 60

/** Which key a condition is about: a list that is searched by typing. */
export function KeyStep(props: {
  readonly keys: readonly QueryKeyInfo[]
  readonly onKey: (info: QueryKeyInfo) => void
  readonly onWords: (text: string) => void
  readonly onGroup: (() => void) | undefined
}): ReactElement {
  const { keys, onKey, onWords, onGroup } = props
  const [query, setQuery] = useState('')
  const found = useMemo(() => rankByText(keys, query, ({ text }) => text), [keys, query])
  const words = query.trim()
  const others: PickItem[] = [
    {
      id: 'words',
      label: words === '' ? 'Words anywhere' : `Words “${words}” anywhere`,
      run: () => onWords(words),
    },
    ...(onGroup === undefined || words !== ''
      ? []
      : [{ id: 'group', label: 'A group of conditions', detail: '( … )', run: onGroup }]),
  ]
  const keyGroup: PickGroup = {
    title:
      found.length > listedCount ? `Keys, ${listedCount} of ${formatNumber(found.length)}: type to find more` : 'Keys',
    items: found.slice(0, listedCount).map((info) => ({
      id: `key:${info.text}`,
      label: info.text,
      detail: info.detail,
      run: () => onKey(info),
    })),
  }
  const groups = found.length === 0 ? [] : [keyGroup]
  return (
    <PickList
      className="-m-2 max-h-80"
      empty={null}
      groups={[...groups, { title: 'Or', items: others }]}
      label="Key to filter by"
      onPick={(item) => item.run?.()}
      onQuery={setQuery}
      query={query}
    />
  )
}
