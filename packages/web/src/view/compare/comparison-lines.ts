import type { ComparedPart, ComparedRow } from './compare-runs.ts'

/** What a comparison shows below each other: rows, and headings that several nested rows are folded into. */
export type ComparisonLine =
  | { readonly kind: 'row'; readonly row: ComparedRow; readonly isNested: boolean }
  | {
      readonly kind: 'fold'
      readonly id: string
      readonly part: ComparedPart
      readonly name: string
      readonly rowCount: number
      readonly differentCount: number
      readonly isOpen: boolean
    }

/**
 * Puts rows whose names begin with the same label under one heading.
 *
 * @param isOpenAtFirst - Whether headings nobody has touched show their rows.
 * @param toggled - Ids of those that somebody has opened or closed.
 */
export function toComparisonLines(
  rows: readonly ComparedRow[],
  { isOpenAtFirst, toggled }: { readonly isOpenAtFirst: boolean; readonly toggled: ReadonlySet<string> },
): readonly ComparisonLine[] {
  const groups = Map.groupBy(rows, ({ part, path }) => `${part} ${path[0]}`)
  return [...groups].flatMap(([id, members]): readonly ComparisonLine[] => {
    const [first] = members as [ComparedRow]
    const isFoldable = members.length > 1 && members.every(({ path }) => path.length > 1)
    if (!isFoldable) return members.map((row) => ({ kind: 'row', row, isNested: false }))
    const isOpen = toggled.has(id) !== isOpenAtFirst
    const heading: ComparisonLine = {
      kind: 'fold',
      id,
      part: first.part,
      name: first.path[0]!,
      rowCount: members.length,
      differentCount: members.filter(({ isDifferent }) => isDifferent).length,
      isOpen,
    }
    return [heading, ...(isOpen ? members.map((row) => ({ kind: 'row', row, isNested: true }) as const) : [])]
  })
}
