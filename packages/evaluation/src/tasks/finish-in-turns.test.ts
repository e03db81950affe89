import { expect, test } from 'vitest'
import { finishInTurns } from './finish-in-turns.ts'

test('others get their turn when 20 ms have gone by, and what comes out is the result', async () => {
  const seen: string[] = []
  let nowMs = 0
  function* steps(): Generator<void, string> {
    for (const name of ['a', 'b', 'c', 'd']) {
      // What waits as long as its step takes: it cannot run before a turn is given.
      setTimeout(() => seen.push(`after ${name}`), 0)
      seen.push(name)
      nowMs += 10
      yield
    }
    return 'done'
  }
  expect(await finishInTurns(steps(), () => nowMs)).toBe('done')
  expect(seen).toEqual(['a', 'b', 'after a', 'after b', 'c', 'd', 'after c', 'after d'])
})
