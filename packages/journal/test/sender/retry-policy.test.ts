import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  graphqlPolicy,
  parseRetryAfter,
  retryDelayMs,
  streamPolicy,
  uploadPolicy,
  upsertPolicy,
} from '../../src/sender/retry-policy.ts'

const statuses = Array.from({ length: 200 }, (_, index) => 400 + index)
const final = [400, 401, 403, 404, 409, 410, 413, 422, 501]

test('the statuses that are tried again', () => {
  expect(statuses.filter((status) => !graphqlPolicy.isRetried(status))).toEqual(final)
  expect(statuses.filter((status) => !streamPolicy.isRetried(status))).toEqual(final)
  expect(statuses.filter((status) => !upsertPolicy.isRetried(status))).toEqual(final.filter((status) => status !== 409))
  expect(statuses.filter((status) => uploadPolicy.isRetried(status))).toEqual([
    429,
    ...statuses.filter((status) => status >= 500 && status !== 501),
  ])
})

test('success is exactly 200 for GraphQL, 200 to 300 for lines, 200 to 299 for files', () => {
  const statuses = [199, 200, 201, 204, 299, 300, 301, 404]
  expect(statuses.filter((status) => graphqlPolicy.isAccepted(status))).toEqual([200])
  expect(statuses.filter((status) => streamPolicy.isAccepted(status))).toEqual([200, 201, 204, 299, 300])
  expect(statuses.filter((status) => uploadPolicy.isAccepted(status))).toEqual([200, 201, 204, 299])
})

test('pauses double from 2 s to 60 s, with up to a quarter more', () => {
  const delays = [1, 2, 3, 4, 5, 6, 7, 100, 10_000].map((attempt) => retryDelayMs(attempt, null, 0, () => 0))
  expect(delays).toEqual([2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000, 60_000, 60_000])
  expect(retryDelayMs(1, null, 0, () => 0.999_999)).toBeCloseTo(2500, 1)
})

test('Retry-After: seconds, whole or not, or a date; anything else is not heard', () => {
  const nowMs = Date.UTC(2026, 0, 1)
  expect(parseRetryAfter('120', nowMs)).toBe(120_000)
  expect(parseRetryAfter(' 0.25 ', nowMs)).toBe(250)
  expect(parseRetryAfter('Thu, 01 Jan 2026 00:00:30 GMT', nowMs)).toBe(30_000)
  expect(parseRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', nowMs)).toBe(0)
  expect(parseRetryAfter('soon', nowMs)).toBeUndefined()
  expect(retryDelayMs(1, '3600', nowMs)).toBe(3_600_000)
  // A longer wait than a timer can have would be none at all.
  for (const text of ['3601', '99999999999', 'Fri, 01 Jan 2100 00:00:00 GMT', '9'.repeat(400)]) {
    expect(retryDelayMs(1, text, nowMs)).toBe(3_600_000)
  }
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(retryDelayMs(1, text, nowMs)).toBeGreaterThanOrEqual(0)
    }),
  )
})
