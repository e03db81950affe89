import type { RunContentsResponse } from '@lossline/protocol'

/** What several lists of runs have besides numbers, as if they were one: each key once, as the first run that has it says. */
export function mergeContents(parts: readonly RunContentsResponse[]): RunContentsResponse {
  return {
    media: mergeByKey(parts.flatMap(({ media }) => media)),
    charts: mergeByKey(parts.flatMap(({ charts }) => charts)),
  }
}

function mergeByKey<T extends { readonly key: string; readonly runCount: number }>(found: readonly T[]): readonly T[] {
  const byKey = new Map<string, T>()
  for (const one of found) {
    const known = byKey.get(one.key)
    byKey.set(one.key, known ? { ...known, runCount: known.runCount + one.runCount } : one)
  }
  return [...byKey.values()]
}
