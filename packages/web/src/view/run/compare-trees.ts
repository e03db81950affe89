import type { StrictJson, StrictJsonObject } from '@lossline/protocol'
import type { ChangeKind } from '../artifacts/compare-versions.ts'
import { compareNatural } from '../text/natural-order.ts'
import { formatLeaf, isDictionary, type TreeRow } from './json-tree.ts'

/** One line of a tree beside that of the baseline. */
export interface ComparedTreeRow extends TreeRow {
  /** Undefined for a dictionary, as `value` is. `added`: the baseline has none. */
  readonly kind: ChangeKind | undefined
  readonly baseline: StrictJson | undefined
}

/** Which rows of two trees are shown. */
export interface ComparedTreeOptions {
  readonly search?: string
  readonly isDifferentOnly: boolean
}

/** Rows of everything that a tree or its baseline has, in natural order, and how the one differs from the other. */
export function compareTrees(
  root: StrictJsonObject,
  baseline: StrictJsonObject,
  { search = '', isDifferentOnly }: ComparedTreeOptions,
): readonly ComparedTreeRow[] {
  const collect = (
    own: StrictJsonObject,
    other: StrictJsonObject,
    above: readonly string[],
    wanted: string,
  ): ComparedTreeRow[] => {
    const labels = [...new Set([...Object.keys(own), ...Object.keys(other)])].sort(compareNatural)
    return labels.flatMap((label): ComparedTreeRow[] => {
      const [value, before] = [own[label], other[label]]
      const path = [...above, label]
      const row = { path, label, depth: above.length }
      const name = path.join('.').toLowerCase()
      const [members, membersBefore] = [membersOf(value), membersOf(before)]
      if (members && membersBefore && Object.keys(members).length + Object.keys(membersBefore).length > 0) {
        const below = collect(members, membersBefore, path, name.includes(wanted) ? '' : wanted)
        return below.length === 0 ? [] : [{ ...row, value: undefined, kind: undefined, baseline: undefined }, ...below]
      }
      const kind = kindOf(value, before)
      const texts = [value, before].map((one) => (one === undefined ? '' : formatLeaf(one).toLowerCase()))
      const isFound = [name, ...texts].some((text) => text.includes(wanted))
      return !isFound || (isDifferentOnly && kind === 'same') ? [] : [{ ...row, value, kind, baseline: before }]
    })
  }
  return collect(root, baseline, [], search.trim().toLowerCase())
}

/** None of what is not there; undefined for a leaf: beside one, a dictionary is shown as a whole. */
function membersOf(value: StrictJson | undefined): StrictJsonObject | undefined {
  return value === undefined ? {} : isDictionary(value) ? value : undefined
}

function kindOf(value: StrictJson | undefined, baseline: StrictJson | undefined): ChangeKind {
  if (baseline === undefined) return 'added'
  if (value === undefined) return 'removed'
  return JSON.stringify(value) === JSON.stringify(baseline) ? 'same' : 'changed'
}
