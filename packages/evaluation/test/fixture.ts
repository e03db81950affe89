import { readFileSync } from 'node:fs'
import { expect } from 'vitest'

/** Relative to 1 or to the expected value, whichever is larger. */
const tolerance = 1e-9

/** Content of `fixtures/<name>.json`, which the programs in `scripts/` made. The caller says what it holds. */
export function readFixture<Content>(name: string): Content {
  const text = readFileSync(new URL(`fixtures/${name}.json`, import.meta.url), 'utf8')
  return JSON.parse(text, (_, value) => (Object.hasOwn(notFinite, value) ? notFinite[value] : value))
}

const notFinite: Record<string, number> = { NaN: Number.NaN, Infinity: Infinity, '-Infinity': -Infinity }

/** Compares numbers within 1e-9, NaN with NaN, and lists and records of them member by member. */
export function expectClose(actual: unknown, expected: unknown, path = 'value'): void {
  if (typeof expected === 'number' && typeof actual === 'number') {
    const isClose = Math.abs(actual - expected) <= tolerance * Math.max(1, Math.abs(expected))
    if (!isClose) expect(actual, path).toBe(expected)
  } else if (isList(expected) && isList(actual)) {
    expect(actual.length, `length of ${path}`).toBe(expected.length)
    for (let index = 0; index < expected.length; index += 1) {
      expectClose(actual[index], expected[index], `${path}[${index}]`)
    }
  } else if (isRecord(expected) && isRecord(actual)) {
    for (const [key, member] of Object.entries(expected)) expectClose(actual[key], member, `${path}.${key}`)
  } else {
    expect(actual, path).toEqual(expected)
  }
}

function isList(value: unknown): value is ArrayLike<unknown> {
  return Array.isArray(value) || (ArrayBuffer.isView(value) && 'length' in value)
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
