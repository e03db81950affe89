import type { JsonValue } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { init } from '../src/index.ts'
import { readRun } from './read-run.ts'

const key = fc.oneof(
  fc.constantFrom('loss', 'val/acc', 'a.b', 'ключ', '😀', '', ' ', '__proto__', 'constructor', 'toString', '\\', '"'),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
  // Array-like keys come first in every object, whatever their place.
  fc.nat({ max: 20 }).map(String),
)
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, 0, 2 ** 53, -(2 ** 53), 5e-324, Number.MAX_VALUE),
)
const scalar = fc.oneof(number, fc.boolean(), fc.constant(null), fc.string({ unit: 'binary' }).map(wellFormed))
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4 }),
  ),
}))
const isUserKey = (name: string): boolean => !name.startsWith('_') || name === '__proto__'
const row = fc.dictionary(key.filter(isUserKey), fc.oneof(number, value), { maxKeys: 8 })

test('what is logged is what is read back', { timeout: 60_000 }, async () => {
  const property = fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 20 }), async (rows) => {
    await using directory = await openTemporaryDirectory()
    const run = await init({ dir: directory.path, disableGit: true, saveRequirements: false, console: 'off' })
    for (const metrics of rows) run.log(metrics)
    await run.finish()
    const onDisk = await readRun(directory.path)
    expect(onDisk.rows.map(withoutAutomatic)).toEqual(rows.map((metrics) => new Map(flatten(metrics, []))))
  })
  await fc.assert(property, { numRuns: 40 })
})

function flatten(value: object, path: readonly string[]): [string, unknown][] {
  return Object.entries(value).flatMap(([name, member]): [string, unknown][] => {
    const at = [...path, name]
    const isSubtree = typeof member === 'object' && member !== null && !Array.isArray(member)
    return isSubtree ? flatten(member, at) : [[at.join('|'), canonical(member)]]
  })
}

function withoutAutomatic(read: Readonly<Record<string, JsonValue>>): Map<string, unknown> {
  const entries = Object.entries(read).filter(([name]) => !['_step', '_runtime', '_timestamp'].includes(name))
  return new Map(entries.map(([name, member]) => [name, canonical(member)]))
}

/** JSON has one zero, and objects without a prototype are like any others. */
function canonical(value: unknown): unknown {
  if (Object.is(value, -0)) return 0
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(canonical)
  if (typeof value === 'object' && value !== null) {
    return new Map(
      Object.entries(value)
        .sort(([one], [other]) => (one < other ? -1 : 1))
        .map(([name, member]) => [name, canonical(member)]),
    )
  }
  return value
}

/** Lone surrogates have no UTF-8. */
function wellFormed(text: string): string {
  return text.toWellFormed()
}
