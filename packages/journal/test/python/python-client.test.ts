import { execFile } from 'node:child_process'
import { appendFileSync, existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { crc32 } from 'node:zlib'
import {
  createFramer,
  encodeRecord,
  type JsonObject,
  parseJson,
  stringifyJson,
  type WandbRecord,
  type WandbRecordBody,
} from '@lossline/protocol'
import { findPythonClient, openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { createSender, openRunWriter } from '../../src/index.ts'
import { startRecordingServer } from '../sender/recording-server.ts'

const run = promisify(execFile)
const client = findPythonClient()
if ('missing' in client) console.warn(`Not compared with W&B's own client: ${client.missing}`)
const python = 'missing' in client ? '' : client.python
const timeout = 120_000

describe.skipIf('missing' in client)("W&B's own client", () => {
  test('its classes know every field that we write, by the same name and with the same value', {
    timeout,
  }, async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('run-all.wandb')
    const framer = createFramer({ crc32 })
    const records = everyKind.map((body, index): WandbRecord => ({ ...body, num: index + 1 }))
    for (const record of records) framer.append(encodeRecord(record))
    appendFileSync(path, framer.bytes())
    const decoded = await decodeInPython(path)
    expect(decoded.map(({ type }) => type)).toEqual(records.map(({ kind }) => toProtoName(kind)))
    expect(decoded.map(({ fields }) => fields)).toEqual(records.map(toProtoJson))
  })

  test('a journal of the writer: it decodes every row, and its sync uploads what our sender sends', {
    timeout,
  }, async () => {
    await using directory = await openTemporaryDirectory()
    const runDirectory = directory.join('offline-run-20261125_000000-pytest01')
    const { journalPath, rowCount } = await writeRun(runDirectory)

    const decoded = await decodeInPython(journalPath)
    const rows = decoded.filter(({ type }) => type === 'history')
    expect(rows).toHaveLength(rowCount)
    expect(new Set(decoded.map(({ type }) => type))).toEqual(
      new Set([
        'header',
        'run',
        'environment',
        'metric',
        'history',
        'output_raw',
        'stats',
        'alert',
        'config',
        'summary',
        'exit',
      ]),
    )

    await using theirs = await startRecordingServer()
    await using ours = await startRecordingServer()
    const { stdout, stderr } = await run(python, ['-m', 'wandb', 'sync', runDirectory], {
      env: {
        PATH: process.env.PATH,
        HOME: directory.path,
        WANDB_BASE_URL: theirs.url,
        WANDB_API_KEY: 'k'.repeat(40),
        WANDB_ERROR_REPORTING: 'false',
        WANDB_CONFIG_DIR: directory.join('config'),
        WANDB_CACHE_DIR: directory.join('cache'),
        WANDB_DATA_DIR: directory.join('data'),
      },
    })
    expect(`${stdout}${stderr}`).toContain('Finished syncing')
    expect(existsSync(`${journalPath}.synced`)).toBe(true)
    const report = await createSender({ runDirectory, journalPath, target: { baseUrl: ours.url }, follow: false }).run()
    expect(report.error).toBeUndefined()

    expect(theirs.exitCode).toBe(ours.exitCode)
    expect(linesOf(ours.files, 'wandb-history.jsonl')).toEqual(linesOf(theirs.files, 'wandb-history.jsonl'))
    expect(linesOf(ours.files, 'wandb-history.jsonl')).toHaveLength(rowCount)
    expect(linesOf(ours.files, 'wandb-summary.json')).toEqual(linesOf(theirs.files, 'wandb-summary.json'))
    expect(linesOf(ours.files, 'wandb-events.jsonl')).toEqual(linesOf(theirs.files, 'wandb-events.jsonl'))
    // Their times are those of the upload.
    expect(textsOf(ours.files.get('output.log'))).toEqual(textsOf(theirs.files.get('output.log')))
    expect(lastConfig(ours.upserts)).toEqual(lastConfig(theirs.upserts))
    const { entity: _ours, ...fields } = ours.upserts[0] as JsonObject
    expect(theirs.upserts[0]).toMatchObject({ ...fields, config: expect.any(String), program: expect.anything() })
  })
})

async function writeRun(runDirectory: string): Promise<{ journalPath: string; rowCount: number }> {
  const writer = await openRunWriter({
    runDirectory,
    producer: 'lossline/0.0.0',
    run: {
      runId: 'pytest01',
      project: 'digits',
      displayName: 'from Node',
      tags: ['a', 'b'],
      host: 'box',
      startTime: { seconds: 1_795_000_000 },
      config: { update: [{ key: 'lr', valueJson: '0.1' }] },
    },
  })
  writer.append({ kind: 'environment', environment: { os: 'linux', program: 'train.ts', writerId: 'w'.repeat(32) } })
  writer.defineMetric({ globName: 'val/*', stepMetric: 'epoch', options: { stepSync: true }, summary: { min: true } })
  let rowCount = 0
  for (let step = 0; step < 2000; step += 1) {
    writer.tryLogNumbers({ loss: Math.exp(-step / 100), accuracy: Math.sin(step), epoch: Math.floor(step / 100) })
    rowCount += 1
  }
  writer.logRow({
    items: [
      { path: ['val/loss'], json: 'NaN' },
      { path: ['nested', 'text'], json: '"größe \\ud83d\\ude80"' },
      { path: ['nested', 'list'], json: '[1,-Infinity,null]' },
      { path: ['dotted.key'], json: '9007199254740993' },
    ],
  })
  rowCount += 1
  writer.append({
    kind: 'outputRaw',
    outputRaw: { outputType: 'stdout', timestamp: { seconds: 1 }, line: '10%\r\u001b[32m100%\u001b[0m\ndone\n' },
  })
  writer.append({
    kind: 'stats',
    stats: { timestamp: { seconds: 1_795_000_005 }, item: [{ key: 'cpu', valueJson: '1.5' }] },
  })
  writer.append({ kind: 'alert', alert: { title: 't', text: 'x', level: 'INFO', waitDuration: 60_000 } })
  writer.append({ kind: 'config', config: { update: [{ nestedKey: ['opt', 'name'], valueJson: '"adam"' }] } })
  const { journalPath } = await writer.finish({ exitCode: 0 })
  return { journalPath, rowCount }
}

async function decodeInPython(path: string): Promise<{ readonly type: string; readonly fields: JsonObject }[]> {
  const script = fileURLToPath(new URL('./decode_journal.py', import.meta.url))
  const { stdout } = await run(python, [script, path], { maxBuffer: 2 ** 28 })
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

function linesOf(files: ReadonlyMap<string, readonly string[]>, name: string) {
  return files.get(name)?.map((line) => parseJson(line))
}

/** Lines without time, and without the colours, which W&B keeps and we leave out. */
function textsOf(lines: readonly string[] | undefined) {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control sequences
  return lines?.map((line) => line.slice(line.indexOf(' ') + 1).replaceAll(/\u001b\[[0-9;]*m/g, ''))
}

/** The config without what names the client and its writer. */
function lastConfig(upserts: readonly Record<string, unknown>[]) {
  const { _wandb, ...config } = parseJson(upserts.at(-1)?.config as string) as JsonObject
  // What we note for ourselves, W&B's client does not know.
  const { t: _t, e, m, lossline: _lossline, ...others } = (_wandb as { readonly value: JsonObject }).value
  return { config, others, m, e: Object.values(e as JsonObject) }
}

function toProtoName(name: string): string {
  if (name === 'info' || name === 'tracelogId' || name === 'control') return `_${snake(name)}`
  return snake(name)
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
}

// Where MessageToDict writes 64-bit integers as text.
const wide = new Set([
  'num',
  'seconds',
  'end_offset',
  'wait_duration',
  'starting_step',
  'ttl_duration_seconds',
  'size',
  'total',
  'used',
  'memory_total',
  'swap_total_bytes',
  'ram_total_bytes',
])
const enums: Record<string, Record<string, string>> = {
  output_type: { stdout: 'STDOUT' },
  policy: { live: 'LIVE' },
  type: { media: 'MEDIA' },
  goal: { maximize: 'GOAL_MAXIMIZE' },
}

/** A record as Python prints it. */
function toProtoJson(record: WandbRecord): JsonObject {
  const { kind: _kind, ...rest } = record
  return JSON.parse(stringifyJson(toFields(rest, true))) as JsonObject
}

function toFields(message: object, isEnvelope = false): JsonObject {
  const fields: Record<string, JsonObject[string]> = {}
  for (const [name, value] of Object.entries(message) as [string, unknown][]) {
    // The envelope's control has no underscore, the metric's has one.
    const key = isEnvelope && name === 'control' ? name : toProtoName(name)
    fields[key] = toValue(key, value)
  }
  return fields
}

function toValue(key: string, value: unknown): JsonObject[string] {
  if (key === 'timestamp' || key === 'start_time' || key === 'started_at') return '2026-11-18T11:06:40.500Z'
  if (key === 'slurm') return value as JsonObject
  if (key === 'disk')
    return Object.fromEntries(Object.entries(value as object).map(([path, info]) => [path, toFields(info)]))
  if (wide.has(key)) return String(value)
  if (Array.isArray(value)) return value.map((element: unknown) => toValue('', element))
  if (typeof value === 'object' && value !== null) return toFields(value)
  return enums[key]?.[value as string] ?? (value as string | number | boolean)
}

const time = { seconds: 1_795_000_000, nanos: 500_000_000 }
const info = { streamId: 's', tracelogId: 't' }
const item = { key: 'k', nestedKey: ['a', 'b.c'], valueJson: '[NaN]' }
const value = { key: 'k', valueJson: '1' }
const telemetry = {
  importsInit: { torch: true, dspy: true },
  importsFinish: { keras: true },
  feature: { finish: true, incrementalTable: true },
  pythonVersion: '22',
  cliVersion: '1',
  huggingfaceVersion: '2',
  env: { jupyter: true, amdGpu: true },
  label: { codeString: 'a', repoString: 'b', codeVersion: 'c' },
  deprecated: { plots: true },
  coreVersion: '3',
  platform: 'p',
  info,
}

/** Every kind of record with every field that is not a repetition of another message. */
const everyKind: readonly WandbRecordBody[] = [
  { kind: 'header', header: { versionInfo: { producer: 'p', minConsumer: 'm', info }, info }, info },
  { kind: 'history', history: { item: [item, { nestedKey: [''], valueJson: '1' }], step: { num: 2n ** 60n }, info } },
  { kind: 'summary', summary: { update: [item], remove: [item], info } },
  { kind: 'output', output: { outputType: 'stdout', timestamp: time, line: 'l' } },
  { kind: 'config', config: { update: [item], remove: [item], info } },
  { kind: 'files', files: { files: [{ path: 'p', policy: 'live', type: 'media' }], info } },
  { kind: 'stats', stats: { timestamp: time, item: [value], info } },
  {
    kind: 'artifact',
    artifact: {
      runId: 'r',
      project: 'p',
      entity: 'e',
      type: 't',
      name: 'n',
      digest: 'd',
      description: 'x',
      metadata: '{}',
      userCreated: true,
      useAfterCommit: true,
      aliases: ['a'],
      distributedId: 'i',
      finalize: true,
      clientId: 'c',
      sequenceClientId: 's',
      baseId: 'b',
      ttlDurationSeconds: -1,
      tags: ['t'],
      digestAlgorithm: 'MANIFEST_MD5',
      incrementalBeta1: true,
      info,
      manifest: {
        version: 1,
        storagePolicy: 's',
        storagePolicyConfig: [value],
        manifestFilePath: 'f',
        contents: [
          {
            path: 'p',
            digest: 'd',
            ref: 'r',
            size: 5,
            mimetype: 'm',
            localPath: 'l',
            birthArtifactId: 'b',
            skipCache: true,
            extra: [value],
          },
        ],
      },
    },
  },
  {
    kind: 'tbrecord',
    tbrecord: {
      logDir: 'l',
      save: true,
      rootDir: 'r',
      namespace: '',
      savePath: 's',
      ignoreTimestamp: true,
      ignoreHostname: true,
      info,
    },
  },
  { kind: 'alert', alert: { title: 't', text: 'x', level: 'WARN', waitDuration: 5, info } },
  { kind: 'telemetry', telemetry },
  {
    kind: 'metric',
    metric: {
      name: 'n',
      globName: 'g*',
      stepMetric: 's',
      stepMetricIndex: 2,
      goal: 'maximize',
      control: { overwrite: true },
      expandedFromGlob: true,
      info,
      options: { stepSync: true, hidden: true, defined: true },
      summary: { min: true, max: true, mean: true, best: true, last: true, none: true, copy: true, first: true },
    },
  },
  { kind: 'outputRaw', outputRaw: { outputType: 'stdout', timestamp: time, line: 'größe 日本 🚀', info } },
  {
    kind: 'run',
    run: {
      runId: 'r',
      entity: 'e',
      project: 'p',
      config: { update: [item] },
      summary: { update: [item] },
      runGroup: 'g',
      jobType: 'j',
      displayName: 'd',
      notes: 'n',
      tags: ['t', ''],
      settings: { item: [value], info },
      sweepId: 's',
      host: 'h',
      startingStep: 7,
      storageId: 'i',
      startTime: time,
      resumed: true,
      telemetry,
      runtime: -3,
      git: { remoteUrl: 'r', commit: 'c' },
      forked: true,
      branchPoint: { run: 'r', value: 1.5, metric: '_step' },
      resume: true,
      info,
    },
    control: {
      reqResp: true,
      local: true,
      relayId: 'r',
      mailboxSlot: 'm',
      alwaysSend: true,
      flowControl: true,
      endOffset: 9,
      connectionId: 'c',
    },
    uuid: 'u',
  },
  { kind: 'exit', exit: { exitCode: -1, runtime: 4, notComplete: true, info } },
  { kind: 'final', final: { info } },
  { kind: 'footer', footer: { info } },
  { kind: 'preempting', preempting: { info } },
  { kind: 'noopLinkArtifact', noopLinkArtifact: {} },
  { kind: 'useArtifact', useArtifact: { id: 'i', type: 't', name: 'n', info } },
  {
    kind: 'environment',
    environment: {
      os: 'o',
      python: 'p',
      startedAt: time,
      docker: 'd',
      args: ['a'],
      program: 'p',
      codePath: 'c',
      codePathLocal: 'l',
      git: { remoteUrl: 'r' },
      email: 'e',
      root: 'r',
      host: 'h',
      username: 'u',
      executable: 'x',
      colab: 'c',
      cpuCount: 1,
      cpuCountLogical: 2,
      gpuType: 'g',
      gpuCount: 3,
      disk: { '/': { total: 5, used: 4 } },
      memory: { total: 2n ** 63n },
      cpu: { count: 1, countLogical: 2 },
      apple: {
        name: 'n',
        ecpuCores: 1,
        pcpuCores: 2,
        gpuCores: 3,
        memoryGb: 4,
        swapTotalBytes: 5,
        ramTotalBytes: 6,
        macModel: 'm',
      },
      gpuNvidia: [{ name: 'n', memoryTotal: 7, cudaCores: 8, architecture: 'a', uuid: 'u' }],
      cudaVersion: 'c',
      gpuAmd: [
        {
          id: '1',
          uniqueId: '2',
          vbiosVersion: '3',
          performanceLevel: '4',
          gpuOverdrive: '5',
          gpuMemoryOverdrive: '6',
          maxPower: '7',
          series: '8',
          model: '9',
          vendor: '10',
          sku: '11',
          sclkRange: '12',
          mclkRange: '13',
        },
      ],
      slurm: { job_id: '1' },
      trainium: { name: 'n', vendor: 'v', neuronDeviceCount: 1, neuroncorePerDeviceCount: 2 },
      tpu: { name: 'n', hbmGib: 1, devicesPerChip: 2, count: 3 },
      coreweave: { clusterName: 'c', orgId: 'o', region: 'r' },
      writerId: 'w',
      info,
    },
  },
  { kind: 'outputLogger', outputLogger: { line: 'l' } },
]
