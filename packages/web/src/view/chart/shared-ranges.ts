import type { Range } from '../address/url-state.ts'

/** Panels that show the same range of y, and which of them one is. */
export interface YShare {
  readonly ranges: SharedRanges
  /** Those with the same one have one range. */
  readonly group: string
  readonly panelId: string
}

/** Ranges of y that panels share: each says what its own lines need, and gets what all of its group need. */
export interface SharedRanges {
  /** What a panel on the page needs; undefined: nothing. What it needed of another group is forgotten. */
  contribute(share: Pick<YShare, 'group' | 'panelId'>, range: Range | undefined): void
  /** A panel has gone from the page, as when it is scrolled past: what it needed still counts. */
  leave(panelId: string): void
  /** What panels needed that have gone no longer counts: other runs are drawn, or another part of x. */
  forgetAbsent(): void
  /** From the least to the largest that any panel of a group needs; the same object until it is another range. */
  union(group: string): Range | undefined
  subscribe(listener: () => void): () => void
}

interface Contribution {
  readonly group: string
  readonly range: Range
  readonly isPresent: boolean
}

/** Ranges of panels that have said nothing yet. */
export function createSharedRanges(): SharedRanges {
  const contributions = new Map<string, Contribution>()
  const unions = new Map<string, Range>()
  const listeners = new Set<() => void>()

  function updateUnions(groups: Iterable<string | undefined>): void {
    let hasChanged = false
    for (const group of new Set(groups)) {
      if (group === undefined) continue
      const before = unions.get(group)
      const ranges = [...contributions.values()].flatMap((one) => (one.group === group ? [one.range] : []))
      const next = ranges.reduce<Range | undefined>(unionOf, undefined)
      if (isSameRange(before, next)) continue
      if (next) unions.set(group, next)
      else unions.delete(group)
      hasChanged = true
    }
    if (hasChanged) for (const listener of listeners) listener()
  }

  return {
    contribute({ group, panelId }, range) {
      const before = contributions.get(panelId)
      if (range) contributions.set(panelId, { group, range, isPresent: true })
      else contributions.delete(panelId)
      updateUnions([before?.group, group])
    },
    leave(panelId) {
      const before = contributions.get(panelId)
      if (before) contributions.set(panelId, { ...before, isPresent: false })
    },
    forgetAbsent() {
      const absent = [...contributions].filter(([, { isPresent }]) => !isPresent)
      for (const [panelId] of absent) contributions.delete(panelId)
      updateUnions(absent.map(([, { group }]) => group))
    },
    union: (group) => unions.get(group),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

/** The range that holds both; of one that is undefined, the other. */
export function unionOf(a: Range | undefined, b: Range | undefined): Range | undefined {
  if (!a || !b) return a ?? b
  return [Math.min(a[0], b[0]), Math.max(a[1], b[1])]
}

function isSameRange(a: Range | undefined, b: Range | undefined): boolean {
  return a?.[0] === b?.[0] && a?.[1] === b?.[1]
}
