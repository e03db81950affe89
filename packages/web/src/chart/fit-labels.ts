/** About as wide as a letter of a tick is, CSS pixels. */
const letterWidth = 6.4
/** Between two labels. */
const gap = 8

/**
 * Labels along an axis of which no two lie over each other: where there is too little room, each second, third and so on stays,
 * the others are ''.
 *
 * @param places - Of their middles, CSS pixels, in their order.
 */
export function fitLabels(labels: readonly string[], places: readonly number[]): readonly string[] {
  for (let every = 1; every < labels.length; every++) {
    const kept = labels.map((label, index) => (index % every === 0 ? label : ''))
    if (hasRoom(kept, places)) return kept
  }
  return labels.map((label, index) => (index === 0 ? label : ''))
}

function hasRoom(labels: readonly string[], places: readonly number[]): boolean {
  let end = Number.NEGATIVE_INFINITY
  for (const [index, label] of labels.entries()) {
    if (label === '') continue
    const half = (label.length * letterWidth) / 2
    if (places[index]! - half < end) return false
    end = places[index]! + half + gap
  }
  return true
}
