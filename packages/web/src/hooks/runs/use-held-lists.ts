import { useMemo, useRef, useState } from 'react'
import { type Fate, type HeldBack, holdList, type LoadedList } from '../../view/runs/hold-list.ts'

/** What lists that keep still do not show, and how to see it. */
export interface HeldNews extends HeldBack {
  /** Shows the lists as they are by now. */
  readonly letIn: () => void
}

/** How lists are kept still. */
export interface HeldListsOptions<Item> {
  /** Somebody is at work in them. */
  readonly isHeld: boolean
  /** What was asked for: another filter or order is shown at once. */
  readonly of: string
  /** False while the lists are what was asked for before. */
  readonly isSettled: boolean
  readonly keyOf: (item: Item) => string
  /** Of an item that its list has no more. */
  readonly fateOf: (key: string, list: LoadedList<Item>) => Fate
  /** Of an item that has come: whether it is shown at once. */
  readonly isWelcome?: (key: string) => boolean
}

/** Lists that keep still while somebody is at work in them. A new object of options holds nothing up: make it where it is needed. */
export function useHeldLists<Item>(
  lists: readonly (LoadedList<Item> & { readonly id: string })[],
  options: HeldListsOptions<Item>,
): { readonly lists: readonly LoadedList<Item>[]; readonly news: HeldNews } {
  const { isHeld, isSettled, keyOf, fateOf, isWelcome } = options
  const [turn, setTurn] = useState(0)
  const of = `${turn} ${options.of}`
  const held = useRef({ of, lists: new Map<string, LoadedList<Item>>() })
  const seen = useMemo(() => {
    const before = isHeld && held.current.of === of ? held.current.lists : undefined
    const shown = lists.map((now) => {
      const old = before?.get(now.id)
      if (old === undefined) return { ...now, kept: now, newCount: 0, isReordered: false, leftCount: 0 }
      return holdList(old, now, { keyOf, fateOf: (key) => fateOf(key, now), isWelcome })
    })
    // What was asked for before is nothing to hold on to.
    if (isSettled || before !== undefined) {
      held.current = { of, lists: new Map(shown.map(({ kept }, index) => [lists[index]?.id ?? '', kept])) }
    }
    const back: HeldBack = {
      newCount: shown.reduce((sum, { newCount }) => sum + newCount, 0),
      isReordered: shown.some(({ isReordered }) => isReordered),
      leftCount: shown.reduce((sum, { leftCount }) => sum + leftCount, 0),
    }
    return { lists: shown, back }
  }, [lists, isHeld, isSettled, of, keyOf, fateOf, isWelcome])
  const news = useMemo(() => ({ ...seen.back, letIn: () => setTurn((turn) => turn + 1) }), [seen])
  return { lists: seen.lists, news }
}
