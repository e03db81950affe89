import { Table } from '@lossline/core'

// A model of texts may see a new length with each call.
const shapesMax = 200
const others = 'others'

/** Counts calls by the shapes of their inputs. */
export interface ShapeCounts {
  add(shapes: string, latencyMs: number): void
  /** A row for each combination of shapes, if there were several. */
  toTable(): Table | undefined
}

export function createShapeCounts(): ShapeCounts {
  const counts = new Map<string, { calls: number; latencyMs: number }>()
  // Most calls are shaped as the one before.
  let last: { readonly shapes: string; readonly count: { calls: number; latencyMs: number } } | undefined
  const countOf = (shapes: string) => {
    const key = counts.size < shapesMax || counts.has(shapes) ? shapes : others
    const count = counts.get(key) ?? { calls: 0, latencyMs: 0 }
    counts.set(key, count)
    return { shapes, count }
  }
  return {
    add(shapes, latencyMs) {
      if (last?.shapes !== shapes) last = countOf(shapes)
      last.count.calls += 1
      last.count.latencyMs += latencyMs
    },
    toTable() {
      if (counts.size < 2) return undefined
      const rows = [...counts].map(([shapes, { calls, latencyMs }]) => [shapes, calls, latencyMs / calls])
      return new Table({ columns: ['input_shapes', 'calls', 'latency_ms_mean'], rows })
    },
  }
}
