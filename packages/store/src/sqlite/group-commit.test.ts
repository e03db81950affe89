import { expect, test } from 'vitest'
import { createGroupCommit } from './group-commit.ts'

test('calls of one moment share a commit, and each has its own outcome', async () => {
  const groups: (readonly number[])[] = []
  const commits = createGroupCommit<number, number>({
    intervalMs: 5,
    commit(calls) {
      groups.push(calls)
      return calls.map((call) => (call % 2 === 0 ? { result: call * 10 } : { error: new Error(`odd ${call}`) }))
    },
  })
  const outcomes = await Promise.allSettled([0, 1, 2, 3].map((call) => commits.submit(call)))
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'rejected'])
  expect(groups).toEqual([[0, 1, 2, 3]])
})

test('calls that come within the interval after a commit wait for the next one together', async () => {
  const groups: (readonly number[])[] = []
  const commits = createGroupCommit<number, undefined>({
    intervalMs: 50,
    commit(calls) {
      groups.push(calls)
      return calls.map(() => ({ result: undefined }))
    },
  })
  await commits.submit(1)
  const second = commits.submit(2)
  await new Promise((resolve) => setImmediate(resolve))
  await Promise.all([second, commits.submit(3)])
  expect(groups).toEqual([[1], [2, 3]])
})

test('a commit that fails fails for all of its calls, and the next one is free of it', async () => {
  let attempt = 0
  const commits = createGroupCommit<number, number>({
    intervalMs: 0,
    commit(calls) {
      attempt += 1
      if (attempt === 1) throw new Error('disk full')
      return calls.map((result) => ({ result }))
    },
  })
  const outcomes = await Promise.allSettled([commits.submit(1), commits.submit(2)])
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected'])
  expect(await commits.submit(3)).toBe(3)
})

test('flush commits what waits at once', () => {
  let committedCount = 0
  const commits = createGroupCommit<number, number>({
    intervalMs: 1000,
    commit(calls) {
      committedCount += calls.length
      return calls.map((result) => ({ result }))
    },
  })
  void commits.submit(1)
  commits.flush()
  expect(committedCount).toBe(1)
})
