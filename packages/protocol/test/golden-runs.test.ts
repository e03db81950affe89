import { readFileSync } from 'node:fs'
import { crc32, gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  type ArtifactRecord,
  createRunState,
  createScanner,
  type DamageScanEvent,
  decodeRecord,
  type FragmentCounts,
  type JsonObject,
  type JsonValue,
  parseJson,
  pathOf,
  type RunState,
  type ScanEnd,
  stepOf,
  toIsoTime,
  toStrictJson,
  type WandbRecord,
} from '../src/index.ts'

// Run folders written by wandb 0.30.0; expected.json says what another reader found in them.
const runs = new URL('../../testing/fixtures/wandb-runs/', import.meta.url)
const names = [
  'scalars',
  'media',
  'table',
  'artifacts',
  'finished-exit-1',
  'killed',
  'truncated',
  'corrupt',
  'many-rows',
]

interface Reading {
  readonly records: WandbRecord[]
  readonly damage: DamageScanEvent[]
  readonly fragments: FragmentCounts
  readonly end: ScanEnd
}

/** Reads up to the first damage, or everything. */
function readRun(bytes: Uint8Array, stopsAtDamage: boolean): Reading {
  const scanner = createScanner({ crc32 })
  const records: WandbRecord[] = []
  const damage: DamageScanEvent[] = []
  for (let offset = 0; offset < bytes.length; offset += 1000) {
    for (const event of scanner.push(bytes.subarray(offset, offset + 1000))) {
      if (event.kind === 'record') records.push(decodeRecord(event.payload))
      else damage.push(event)
      if (damage.length > 0 && stopsAtDamage) break
    }
    if (damage.length > 0 && stopsAtDamage) break
  }
  return { records, damage, fragments: { ...scanner.fragments }, end: scanner.end() }
}

function stateOf(records: readonly WandbRecord[]): RunState {
  const state = createRunState()
  for (const record of records) state.apply(record)
  return state
}

describe.each(names)('golden run %s', (name) => {
  const expected = parseJson(readFileSync(new URL(`${name}/expected.json`, runs), 'utf8')) as JsonObject
  const bytes = readBytes(name, expected.file as string)
  const reading = readRun(bytes, true)
  const { records } = reading
  const state = stateOf(records)

  test('the bytes', () => {
    expect(bytes.length).toBe(expected.bytes)
    expect(Math.ceil(bytes.length / 32_768)).toBe(expected.blocks)
  })

  test('fragments and end', () => {
    expect(toSnakeCase(reading.fragments)).toEqual(expected.fragments)
    const end = expected.end as JsonObject
    if (end.kind === 'clean') expect(reading.end.kind).toBe('clean')
    if (end.kind === 'unexpected end') {
      expect(reading.end).toMatchObject({ kind: 'unexpected-end', fragmentOffset: end.fragment_offset })
    }
    expect(reading.damage.map(({ reason, offset }) => ({ reason, offset }))).toEqual(
      end.kind === 'checksum' ? [{ reason: 'checksum', offset: end.fragment_offset }] : [],
    )
  })

  test('records', () => {
    expect(records).toHaveLength(expected.records as number)
    expect(countKinds(records)).toEqual(expected.records_by_type)
    expect([records[0]?.num, records.at(-1)?.num]).toEqual(expected.record_nums)
  })

  test('run, header and exit', () => {
    const {
      runId,
      project,
      entity = '',
      displayName,
      notes = '',
      tags = [],
      runGroup = '',
      jobType = '',
      host,
      startTime,
    } = state.run ?? {}
    expect(
      toSnakeCase({
        runId,
        project,
        entity,
        displayName,
        notes,
        tags,
        runGroup,
        jobType,
        host,
        startTime: toIsoTime(startTime ?? {}),
      }),
    ).toEqual(expected.run)
    expect(toSnakeCase({ producer: '', minConsumer: '', ...state.header?.versionInfo })).toEqual(expected.header)
    expect(exitOf(state)).toEqual(expected.exit)
  })

  test('config', () => {
    const { _wandb: internal = {}, ...config } = state.config()
    const { visualize = {}, ...others } = internal as JsonObject
    expect(withoutNonFinite(config)).toEqual(expected.config)
    expect(Object.keys({ ...others, ...('visualize' in (internal as object) ? { visualize } : {}) }).sort()).toEqual(
      expected.config_internal_keys,
    )
    expect(withoutNonFinite(visualize)).toEqual(expected.visualize)
  })

  test('summary', () => {
    expect(withoutNonFinite(state.summary())).toEqual(expected.summary)
  })

  test('history', () => {
    expectHistory(records, state, expected)
    expect(countLeaves(records)).toEqual(parseKeys(expected.history_leaf_counts as JsonObject))
  })

  test('metrics, files, artifacts, alerts', () => {
    expect(state.metrics.map(toWords)).toEqual(expected.metrics)
    expect(state.files.map((file) => toWords({ policy: 'now', type: 'other', ...file }))).toEqual(expected.files)
    expect(state.artifacts.map((artifact) => toWords(withoutStoragePolicy(artifact)))).toEqual(expected.artifacts)
    expect(state.alerts.map(toWords)).toEqual(expected.alerts)
  })

  test('console', () => {
    expect({ stdout: state.consoleText('stdout'), stderr: state.consoleText('stderr') }).toEqual(expected.console)
  })

  if (!('after_skipping_the_bad_block' in expected)) return
  test('what comes after the damage', () => {
    const after = expected.after_skipping_the_bad_block as JsonObject
    const whole = readRun(bytes, false)
    const wholeState = stateOf(whole.records)
    expect(whole.damage.map(({ offset, reason }) => ({ offset, kind: reason }))).toEqual(after.errors)
    expect(whole.damage[0]?.skippedBytes).toBe(3 * 32_768 - (whole.damage[0]?.offset ?? 0))
    expect(toSnakeCase(whole.fragments)).toEqual(after.fragments)
    expect(whole.records).toHaveLength(after.records as number)
    expect(countKinds(whole.records)).toEqual(after.records_by_type)
    expectHistory(whole.records, wholeState, after)
    expect(exitOf(wholeState)).toEqual(after.exit)
    expect(withoutNonFinite(wholeState.summary())).toEqual(after.summary)
  })
})

function readBytes(name: string, file: string): Uint8Array {
  const url = new URL(`${name}/${file}`, runs)
  if (file.endsWith('.gz')) return gunzipSync(readFileSync(url))
  try {
    return readFileSync(url)
  } catch {
    return gunzipSync(readFileSync(new URL(`${name}/${file}.gz`, runs)))
  }
}

function expectHistory(records: readonly WandbRecord[], state: RunState, expected: JsonObject): void {
  const rows = records.flatMap((record) => (record.kind === 'history' ? [record.history] : []))
  const toRow = (row: (typeof rows)[number]) => {
    const tree = createRunState()
    tree.apply({ kind: 'history', history: row })
    // Rows may hold nulls, which a summary drops.
    const nulls = (row.item ?? []).filter(({ valueJson }) => valueJson === 'null')
    return { step: stepOf(row), values: withNulls(tree.summary(), nulls.map(pathOf)) }
  }
  expect(state.historyRowCount).toBe(expected.history_rows)
  expect(state.firstStep ?? null).toBe(expected.first_step)
  expect(state.lastStep ?? null).toBe(expected.last_step)
  const first = (expected.first_rows ?? []) as JsonObject[]
  const last = (expected.last_rows ?? []) as JsonObject[]
  expect(rows.slice(0, first.length).map(toRow)).toEqual(first)
  expect(rows.slice(rows.length - last.length).map(toRow)).toEqual(last)
}

function withNulls(values: JsonObject, paths: readonly (readonly string[])[]): JsonValue {
  const copy = structuredClone(values) as Record<string, JsonValue>
  for (const path of paths) if (path.length === 1) copy[path[0] as string] = null
  return withoutNonFinite(copy)
}

function countKinds(records: readonly WandbRecord[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const { kind } of records) counts[snake(kind)] = (counts[snake(kind)] ?? 0) + 1
  return counts
}

function countLeaves(records: readonly WandbRecord[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const record of records) {
    if (record.kind !== 'history') continue
    for (const item of record.history.item ?? []) {
      const key = JSON.stringify(pathOf(item))
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  return counts
}

/** Python writes a space behind the commas of a list. */
function parseKeys(counts: JsonObject): Map<string, JsonValue> {
  return new Map(Object.entries(counts).map(([key, count]) => [JSON.stringify(JSON.parse(key)), count]))
}

function exitOf(state: RunState): JsonValue {
  if (state.exit === undefined) return null
  const { exitCode = 0, runtime = 0 } = state.exit
  return { exit_code: exitCode, runtime }
}

/** A message as Python's protobuf prints it: names with underscores, 64-bit integers as text, enums in capitals. */
function toWords(message: object): JsonValue {
  const words: Record<string, JsonValue> = {}
  for (const [name, value] of Object.entries(message) as [string, unknown][]) {
    if (name === 'info' || value === false || value === '') continue
    const key = name === 'control' ? '_control' : snake(name)
    // Files were staged in a folder of another machine; the fixture has them by their name.
    if (name === 'localPath') words.staging_file = String(value).split('/').at(-1) as string
    else if (name === 'policy' || (name === 'type' && 'policy' in message)) words[key] = String(value).toUpperCase()
    else if (name === 'size' || name === 'waitDuration') words[key] = String(value)
    else if (Array.isArray(value))
      words[key] = value.map((element) => (typeof element === 'object' ? toWords(element) : element))
    else if (typeof value === 'object' && value !== null) words[key] = toWords(value)
    else words[key] = value as JsonValue
  }
  return words
}

/** expected.json leaves the storage's settings out, which are the same in all runs. */
function withoutStoragePolicy(artifact: ArtifactRecord): ArtifactRecord {
  const { storagePolicyConfig, ...manifest } = artifact.manifest ?? {}
  expect(storagePolicyConfig).toEqual([{ key: 'storageLayout', valueJson: '"V2"' }])
  return { ...artifact, manifest }
}

function toSnakeCase(object: object): JsonObject {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [snake(name), value as JsonValue]))
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

function withoutNonFinite(value: JsonValue): JsonValue {
  if (typeof value === 'bigint') return value
  if (Array.isArray(value)) return value.map(withoutNonFinite)
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value as JsonObject).map(([key, member]) => [key, withoutNonFinite(member)]),
    )
  }
  return toStrictJson(value)
}
