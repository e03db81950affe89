import { expect, test } from 'vitest'
import { movedText, moveInParts } from './move-in-parts.ts'
import type { WriteOutcome } from './write.ts'

const ids = Array.from({ length: 2500 }, (_, i) => `r${i}`)

/** Moves all with these answers of the server, one a part. */
async function move(...kinds: readonly WriteOutcome['kind'][]) {
  const sizes: number[] = []
  const result = await moveInParts(ids, async (part) => {
    const kind = kinds[sizes.push(part.length) - 1]!
    return { ...(kind === 'sent' ? { kind, answer: {} } : { kind }), id: `w${sizes.length}` }
  })
  return { ...result, sizes, text: movedText(result, 'archive') }
}

test('more runs than the server moves together go in parts, all of them', async () => {
  const { sizes, moved, text } = await move('sent', 'sent', 'sent')
  expect([sizes, text]).toEqual([[1000, 1000, 500], '2,500 runs moved to archive'])
  expect(moved).toEqual(ids)
})

test('after a part that is refused none is tried, and what went before can be taken back', async () => {
  const { sizes, moved, text } = await move('sent', 'refused')
  expect([sizes, text]).toEqual([[1000, 1000], '1,000 of 2,500 runs moved to archive. The others stayed here'])
  expect(moved).toEqual(ids.slice(0, 1000))
  // The refusal says this by itself.
  expect((await move('refused')).text).toBeUndefined()
})

test('parts that wait for the server are told from those that have moved', async () => {
  expect((await move('waits', 'waits', 'waits')).text).toBe(
    '2,500 runs moved to archive. It is sent once the server is back',
  )
  const { waitingIds, text } = await move('sent', 'waits', 'waits')
  expect([waitingIds, text]).toEqual([['w2', 'w3'], '2,500 runs moved to archive. 1,500 of them wait for the server'])
})
