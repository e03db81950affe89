import { formatCount, formatNumber } from '../text/format.ts'
import type { WriteOutcome } from './write.ts'

/** As many runs as the server moves together. */
const movedAtATime = 1000

/** What became of runs that were moved in parts. */
export interface MovedRuns {
  readonly of: number
  readonly moved: readonly string[]
  /** How many more move once the server is back, and by which changes. */
  readonly waitingCount: number
  readonly waitingIds: readonly string[]
}

/** Runs in parts that the server moves together. */
export function partsToMove(runIds: readonly string[]): readonly (readonly string[])[] {
  const count = Math.ceil(runIds.length / movedAtATime)
  return Array.from({ length: count }, (_, i) => runIds.slice(i * movedAtATime, (i + 1) * movedAtATime))
}

/** Moves runs part by part; after a part that is refused no other is tried. */
export async function moveInParts(
  runIds: readonly string[],
  submit: (part: readonly string[]) => Promise<WriteOutcome & { readonly id: string }>,
): Promise<MovedRuns> {
  const moved: string[] = []
  const waitingIds: string[] = []
  let waitingCount = 0
  for (const part of partsToMove(runIds)) {
    const { kind, id } = await submit(part)
    if (kind === 'sent') moved.push(...part)
    else if (kind === 'waits') {
      waitingIds.push(id)
      waitingCount += part.length
    } else break
  }
  return { of: runIds.length, moved, waitingCount, waitingIds }
}

/** What people are told of it; undefined: none has moved or will, which the refusal has said. */
export function movedText({ of, moved, waitingCount }: MovedRuns, target: string): string | undefined {
  const count = moved.length + waitingCount
  if (count === 0) return undefined
  const isWhole = count === of
  const which = isWhole ? formatCount(of, 'run') : `${formatNumber(count)} of ${formatCount(of, 'run')}`
  return [
    `${which} moved to ${target}`,
    ...(isWhole ? [] : ['The others stayed here']),
    ...(waitingCount === 0
      ? []
      : [moved.length === 0 ? sentLater : `${formatNumber(waitingCount)} of them wait for the server`]),
  ].join('. ')
}

/** Said of changes that wait. */
export const sentLater = 'It is sent once the server is back'
