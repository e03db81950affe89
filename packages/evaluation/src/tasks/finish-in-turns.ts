import { giveTurn } from '@lossline/core/adapter'

/** What others wait at most, if no piece is longer. */
const pieceMs = 20

/**
 * Does work that is cut into many small steps, and gives others their turn about every 20 ms.
 *
 * @param now - Milliseconds on any clock. Default: `performance.now`.
 */
export async function finishInTurns<Result>(
  steps: Generator<void, Result>,
  now: () => number = () => performance.now(),
): Promise<Result> {
  let begunAtMs = now()
  for (;;) {
    const { done, value } = steps.next()
    if (done) return value
    if (now() - begunAtMs < pieceMs) continue
    await giveTurn()
    begunAtMs = now()
  }
}
