import type { NumberFigures, StrictJsonObject, ValueSpread } from '@lossline/protocol'
import { useQueries } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type ProjectAddress, runGroupsQuery } from '../../api/queries.ts'
import { askedOf, isMetricKey } from '../../view/runs/group-cell.ts'
import { groupCountMax, groupId } from '../../view/runs/table-rows.ts'
import { useStableList } from '../use-stable-list.ts'

/** Columns asked for at a time: those that come into sight later are asked for then. */
const keysAtATime = 6

/** Which runs are put together, and by what. */
export interface Grouping {
  readonly filter: StrictJsonObject | undefined
  readonly by: readonly string[]
}

/** What is known of a column in a group. */
export interface KnownOfGroup {
  /** Null: of too many runs nothing is told. */
  readonly figures: NumberFigures | null | undefined
  /** Null: of too many values nothing is told. */
  readonly spread: ValueSpread | null | undefined
}

/** By the ids of groups and by key; nothing is there of what has not come yet. */
export type GroupCells = ReadonlyMap<string, ReadonlyMap<string, KnownOfGroup>>

/**
 * Loads what groups have in the columns in sight.
 *
 * @param grouping - Undefined: runs are listed one by one.
 * @param keys - Of all columns that groups tell of, in their order.
 * @param inSight - Keys of those on screen.
 */
export function useGroupCells(
  address: ProjectAddress,
  grouping: Grouping | undefined,
  keys: readonly string[],
  inSight: readonly string[],
): GroupCells {
  const seen = new Set(inSight)
  const parts = grouping === undefined ? [] : partsOf(keys).filter((part) => part.some((key) => seen.has(key)))
  const answers = useQueries({
    queries: parts.map((part) =>
      runGroupsQuery(address, {
        ...(grouping?.filter && { filter: grouping.filter }),
        by: grouping?.by ?? [],
        columns: figureKeys(part),
        spreads: spreadKeys(part),
        limit: groupCountMax,
      }),
    ),
  })
  const found = useStableList(answers.map(({ data }) => data))
  const shown = useStableList(parts.map((part) => JSON.stringify(part)))
  const by = grouping?.by
  return useMemo(() => {
    const cells = new Map<string, Map<string, KnownOfGroup>>()
    for (const [index, part] of shown.entries()) {
      for (const group of found[index]?.groups ?? []) {
        const id = groupId(by ?? [], group)
        const ofGroup = cells.get(id) ?? new Map<string, KnownOfGroup>()
        const keys = JSON.parse(part) as string[]
        const [withFigures, withSpread] = [figureKeys(keys), spreadKeys(keys)]
        for (const key of keys) {
          const [figures, spread] = [withFigures.indexOf(key), withSpread.indexOf(key)]
          ofGroup.set(key, { figures: group.columns[figures], spread: group.spreads?.[spread] })
        }
        cells.set(id, ofGroup)
      }
    }
    return cells
  }, [found, shown, by])
}

const figureKeys = (keys: readonly string[]): readonly string[] => keys.filter((key) => askedOf(key).figures)
const spreadKeys = (keys: readonly string[]): readonly string[] => keys.filter((key) => askedOf(key).spread)

/** What metrics come to takes longer, and keeps nothing else waiting. */
function partsOf(keys: readonly string[]): readonly (readonly string[])[] {
  return [keys.filter((key) => !isMetricKey(key)), keys.filter(isMetricKey)].flatMap((all) =>
    Array.from({ length: Math.ceil(all.length / keysAtATime) }, (_, index) =>
      all.slice(index * keysAtATime, (index + 1) * keysAtATime),
    ),
  )
}
