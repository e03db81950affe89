import { formatCount } from '../text/format.ts'

/** A list of which the first items are loaded, and as many as there are. */
export interface LoadedList<Item> {
  readonly total: number
  /** By place; undefined where not loaded yet. */
  readonly items: readonly (Item | undefined)[]
}

/** What a list that is held does not show. */
export interface HeldBack {
  /** Items that have come since. */
  readonly newCount: number
  /** Those that are shown would come in another order by now. */
  readonly isReordered: boolean
  /** Items that are shown and are none of the list any more, as far as that can be told. */
  readonly leftCount: number
}

/**
 * What becomes of an item that a list has no more: it is shown as it was last seen, is hidden unless it comes back, or is forgotten.
 */
export type Fate = 'shown' | 'hidden' | 'forgotten'

/** A list that is held. */
export interface HeldList<Item> extends LoadedList<Item>, HeldBack {
  /** What to hold on to: the list with what is hidden. */
  readonly kept: LoadedList<Item>
}

/**
 * A list as somebody looks at it: items stay in their places, with what is known of them now, and those that have come since are only
 * counted. Further down, what has been loaded since goes on behind them.
 *
 * @param before - As it was when somebody began to look.
 * @param options.fateOf - Asked of items that are not among those loaded now.
 * @param options.isWelcome - Whether one that has come is shown at once, where the list has it. Default: none is.
 */
export function holdList<Item>(
  before: LoadedList<Item>,
  list: LoadedList<Item>,
  options: {
    readonly keyOf: (item: Item) => string
    readonly fateOf: (key: string) => Fate
    readonly isWelcome?: ((key: string) => boolean) | undefined
  },
): HeldList<Item> {
  const { keyOf, fateOf, isWelcome = () => false } = options
  const held = withWelcome(before, list, { keyOf, isWelcome })
  const latest = new Map(list.items.flatMap((item) => (item ? [[keyOf(item), item] as const] : [])))
  const end = held.items.indexOf(undefined)
  const places = (end < 0 ? held.items : held.items.slice(0, end)) as readonly Item[]
  const fate = (item: Item): Fate => (latest.has(keyOf(item)) ? 'shown' : fateOf(keyOf(item)))
  const staying = places.filter((item) => fate(item) === 'shown')
  const heldTotal = held.total - (places.length - staying.length)
  const known = new Set(staying.map(keyOf))
  const isWhole = places.length >= held.total && list.items.length >= list.total && !list.items.includes(undefined)
  const comers = isWhole ? list.items.filter((item) => item && !known.has(keyOf(item))).length : list.total - heldTotal
  const newCount = Math.max(0, comers)
  // Whatever has come above them pushed these down.
  const below = list.items.slice(staying.length + newCount)
  const others = isWhole ? [] : below.map((item) => (item && known.has(keyOf(item)) ? undefined : item))
  const total = isWhole ? staying.length : Math.max(heldTotal, list.total - newCount)
  const here = staying.map(keyOf).filter((key) => latest.has(key))
  const order = [...latest.keys()].filter((key) => known.has(key))
  const now = (item: Item): Item => latest.get(keyOf(item)) ?? item
  const rest = others.slice(0, total - staying.length)
  const kept = places.filter((item) => fate(item) !== 'forgotten').map(now)
  return {
    total,
    items: [...staying.map(now), ...rest],
    kept: { total: total + kept.length - staying.length, items: [...kept, ...rest] },
    newCount,
    isReordered: here.some((key, index) => key !== order[index]),
    leftCount: isWhole ? staying.length - here.length : 0,
  }
}

/** A list with those that have come to another and are welcome, each behind the one that it follows there. */
function withWelcome<Item>(
  held: LoadedList<Item>,
  { items }: LoadedList<Item>,
  { keyOf, isWelcome }: { readonly keyOf: (item: Item) => string; readonly isWelcome: (key: string) => boolean },
): LoadedList<Item> {
  const keys = held.items.map((item) => item && keyOf(item))
  return items.reduce((list, item, index) => {
    if (item === undefined || !isWelcome(keyOf(item)) || keys.includes(keyOf(item))) return list
    const before = items[index - 1]
    const at = before === undefined ? 0 : list.items.findIndex((one) => one && keyOf(one) === keyOf(before)) + 1
    return { total: list.total + 1, items: list.items.toSpliced(at, 0, item) }
  }, held)
}

/** What a list does not show, in words: `3 new runs`. Undefined: it is as it should be. */
export function heldBackText(
  { newCount, isReordered, leftCount }: HeldBack,
  noun: 'run' | 'group',
): string | undefined {
  if (newCount > 0) return formatCount(newCount, `new ${noun}`)
  if (isReordered) return 'Order has changed'
  if (leftCount > 0) return `${formatCount(leftCount, noun)} no longer ${leftCount === 1 ? 'matches' : 'match'}`
  return undefined
}
