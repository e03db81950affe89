import type { StrictJsonObject } from '@lossline/protocol'

/** What a list is asked for. */
interface Asked {
  readonly filter?: StrictJsonObject
}

/** A list in two: the runs of it that are pinned, and the others. A pin does not bring back what the filter has left out. */
export function splitByPins<List extends Asked>(
  list: List,
  pins: readonly string[],
): readonly [pinned: List, others: List] {
  return pins.length === 0
    ? [list, list]
    : [withCondition(list, { name: { $in: [...pins] } }), withCondition(list, { name: { $nin: [...pins] } })]
}

/** The runs of a list of which something more is true. */
export function withCondition<List extends Asked>(list: List, condition: StrictJsonObject): List {
  return { ...list, filter: list.filter === undefined ? condition : { $and: [list.filter, condition] } }
}

/** The button that pins a run, or frees it again. */
export function togglePin(pins: readonly string[], runId: string): readonly string[] {
  return pins.includes(runId) ? pins.filter((id) => id !== runId) : [...pins, runId]
}
