import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { encodeForArtifact } from '@lossline/journal'
import { type JsonObject, type JsonValue, LosslineError, parseJson, toRunTableText } from '@lossline/protocol'
import { findPythonClient, openTemporaryDirectory } from '@lossline/testing'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Html, Table } from '../src/index.ts'

const client = findPythonClient()

/** Asks W&B's client about tables; see the program. */
function ask(cases: readonly object[]): JsonObject[] {
  const python = 'python' in client ? client.python : ''
  const { stdout, stderr, status } = spawnSync(python, [new URL('programs/tables.py', import.meta.url).pathname], {
    input: cases.map((item) => `${JSON.stringify(item)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: { ...process.env, WANDB_SILENT: 'true' },
  })
  if (status !== 0) throw new Error(stderr)
  return parseJson(stdout) as unknown as JsonObject[]
}

/** The texts of both files of a table, and the files of its cells. */
function textsOf(table: Table) {
  const snapshot = table.toSnapshot()
  if (snapshot.kind !== 'table') throw new Error(snapshot.kind)
  const files = encodeForArtifact(snapshot, 't')
  const text = (path: string) => Buffer.from(files.find((file) => file.path === path)?.bytes as Uint8Array).toString()
  return {
    artifact: text('t.table.json'),
    run: [...toRunTableText(snapshot.columns, snapshot.rowCount)].join(''),
    files,
  }
}

describe.skipIf('missing' in client)("W&B's client", () => {
  test('reads a table with times, lists, dictionaries and media', async () => {
    await using directory = await openTemporaryDirectory()
    const table = new Table({ columns: ['n', 's', 'b', 't', 'list', 'dict', 'page'] })
    const time = new Date('2026-11-25T12:00:00.123Z')
    table.addRow(1.5, 'größe', true, time, [1, 2], { k: 'v' }, new Html('<p>x</p>', { inject: false }))
    table.addRow(null, null, null, null, null, null, null)
    const { files, ...texts } = textsOf(table)
    const page = files.find(({ path }) => path.endsWith('.html'))
    const local = directory.join('page.html')
    writeFileSync(local, page?.bytes as Uint8Array)
    const [read] = ask([{ ...texts, files: { [String(page?.path)]: local } }])
    expect(read).toMatchObject({
      columns: ['n', 's', 'b', 't', 'list', 'dict', 'page'],
      rows: [
        [1.5, 'größe', true, { time: time.getTime() }, [1, 2], { k: 'v' }, { media: 'Html' }],
        [null, null, null, null, null, null, null],
      ],
      types: (parseJson(texts.artifact) as JsonObject).column_types,
    })
  }, 60_000)

  const scalar = fc.oneof(
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.string({ unit: 'binary' }),
    fc.boolean(),
    fc.constant(null),
  )
  const json: fc.Arbitrary<JsonValue> = fc.letrec<{ json: JsonValue }>((tie) => ({
    json: fc.oneof(
      { depthSize: 'small' },
      scalar,
      fc.array(tie('json'), { maxLength: 3 }),
      fc.dictionary(fc.string(), tie('json'), { maxKeys: 3, noNullPrototype: true }),
    ),
  })).json

  test('writes the same bytes for the same values', () => {
    const tables = fc
      .sample(fc.array(fc.tuple(json, scalar), { maxLength: 5 }), { numRuns: 150, seed: 3 })
      .map((rows) => {
        const { artifact, run } = textsOf(new Table({ columns: ['x', 'y'], allowMixedTypes: true, rows }))
        return { artifact, run, files: {} }
      })
    for (const [index, { artifactText, runText }] of ask(tables).entries()) {
      expect(artifactText).toBe(tables[index]?.artifact)
      expect(runText).toBe(tables[index]?.run)
    }
  }, 60_000)

  test('infers and refuses the same types', () => {
    const member = fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null))
    // A text or dictionary in a column of lists is a list of its letters or keys for Python.
    const column = fc.oneof(
      fc
        .constantFrom(fc.integer(), fc.string(), fc.boolean())
        .chain((kind) => fc.array(fc.oneof({ weight: 5, arbitrary: kind }, member), { minLength: 3, maxLength: 3 })),
      fc.array(
        fc.oneof(
          fc.constant(null),
          fc.array(fc.integer(), { maxLength: 3 }),
          fc.array(fc.option(fc.string()), { maxLength: 2 }),
        ),
        { minLength: 3, maxLength: 3 },
      ),
      fc.array(
        fc.option(
          fc.record({ a: fc.integer(), b: fc.option(fc.string()) }, { requiredKeys: ['a'], noNullPrototype: true }),
        ),
        { minLength: 3, maxLength: 3 },
      ),
    )
    const cases = fc.sample(fc.tuple(column, column), { numRuns: 300, seed: 11 }).map(([x, y]) => ({
      columns: ['x', 'y'],
      rows: x.map((cell, row) => [cell, y[row] ?? null]),
    }))
    let refusedCount = 0
    for (const [index, { ownTypes }] of ask(cases).entries()) {
      const ours = typesOf(cases[index] as (typeof cases)[0])
      if (ours === 'refused') refusedCount += 1
      expect({ case: cases[index], types: ours }).toEqual({ case: cases[index], types: ownTypes })
    }
    expect(refusedCount).toBeGreaterThan(20)
    expect(refusedCount).toBeLessThan(280)
  }, 60_000)
})

function typesOf(options: {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}): JsonValue {
  try {
    return (parseJson(textsOf(new Table(options)).artifact) as JsonObject).column_types ?? null
  } catch (error) {
    if (LosslineError.isInstance(error) && error.code === 'table-type') return 'refused'
    throw error
  }
}
