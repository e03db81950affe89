import { stringifyJson, toStrictJson } from '@lossline/protocol'
import type { RunRow } from '@lossline/store'
import { z } from 'zod'
import { toJsonLine } from '../domain/history-line.ts'
import { runValues } from '../domain/run-values.ts'
import { ServerError } from '../errors.ts'
import { toWireUserNamed } from './accounts/wire-account.ts'
import type { WandbContext, WandbServices, WireObject } from './context.ts'
import { toIsoTime } from './iso-time.ts'
import { toWireFiles } from './wire-files.ts'
import { historyKeys, toStrictRow } from './wire-history.ts'
import { toLogLines } from './wire-log-lines.ts'
import { toParquetHistory } from './wire-parquet-history.ts'
import { toWireProjectHeader } from './wire-project-header.ts'

/** `Run`, which older documents call a bucket. What costs a query is a method: only asked-for fields are computed. */
export function toWireRun(run: RunRow, services: WandbServices): WireObject {
  const { historyRows } = services
  return {
    id: String(run.id),
    name: run.runId,
    projectId: run.projectId,
    project: async () => {
      const project = await services.store.project(run.entity, run.project)
      return project && toWireProjectHeader(project, services)
    },
    displayName: run.displayName,
    description: run.description,
    notes: run.notes,
    tags: run.tags,
    group: run.group === '' ? null : run.group,
    jobType: run.jobType === '' ? null : run.jobType,
    sweepName: run.sweepId === '' ? null : run.sweepId,
    commit: run.commit,
    host: run.host,
    state: run.state,
    readOnly: async () => (await services.levelOf(run.entity, run.project)) === 'read',
    createdAt: toIsoTime(run.createdAtMs),
    heartbeatAt: toIsoTime(run.heartbeatAtMs),
    updatedAt: toIsoTime(run.updatedAtMs),
    // The client takes the user for granted.
    user: () => toWireUserNamed(run.username || run.entity, services),
    config: run.config,
    wandbConfig: (args: { keys?: readonly string[] | null }) => {
      const { internals } = runValues(run)
      const wanted = args.keys ?? Object.keys(internals)
      return stringifyJson(Object.fromEntries(Object.entries(internals).filter(([key]) => wanted.includes(key))))
    },
    summaryMetrics: run.summary,
    systemMetrics: async () => {
      const row = await historyRows.tail(run, 'events')
      return row ? toJsonLine(row, { hasStep: false }) : '{}'
    },
    historyLineCount: run.historyLineCount,
    eventsLineCount: run.eventsLineCount,
    logLineCount: run.logLineCount,
    historyTail: () => toTail(run, services, 'history'),
    eventsTail: () => toTail(run, services, 'events'),
    historyKeys: () => historyKeys(run, services),
    history: async (args: { minStep?: number | null; maxStep?: number | null; samples?: number | null }) => {
      const count = args.samples ?? 500
      const rows =
        args.minStep == null && args.maxStep == null
          ? await historyRows.sample(run, 'history', count)
          : await historyRows.range(run, args.minStep ?? 0, args.maxStep ?? Number.MAX_SAFE_INTEGER, count)
      return rows.map((row) => toJsonLine(row, { hasStep: true }))
    },
    events: async (args: { samples?: number | null }) => {
      const rows = await historyRows.sample(run, 'events', args.samples ?? 500)
      return rows.map((row) => toJsonLine(row, { hasStep: false }))
    },
    sampledHistory: (args: { specs: readonly string[] }) =>
      Promise.all(
        args.specs.map(async (text) => {
          const spec = parseSampleSpec(text)
          if (spec.keys.length === 0) return []
          const cells = await historyRows.sampleKeys(run, {
            keys: spec.keys,
            count: spec.samples,
            ...(spec.minStep == null ? {} : { fromStep: spec.minStep }),
            ...(spec.maxStep == null ? {} : { toStep: spec.maxStep }),
          })
          return cells.map((row) => toStrictRow(spec.keys, row))
        }),
      ),
    parquetHistory: (_: unknown, context: WandbContext) => toParquetHistory(run, services, context),
    logLines: (args: Parameters<typeof toLogLines>[2]) => toLogLines(run, services, args),
    files: (args: Parameters<typeof toWireFiles>[2], context: WandbContext) =>
      toWireFiles(run, services, args, context),
    fileCount: async () => (await services.files.list(run.id)).length,
    exitcode: run.exitCode ?? null,
    stopped: run.isStopRequested,
    shouldStop: run.isStopRequested,
    failed: run.state === 'failed' || run.state === 'crashed' || run.state === 'killed',
    running: run.state === 'running',
    ...services.artifactWire.ofRun(run),
  }
}

/** A JSON text of a list of JSON texts; resuming clients read the last element. */
async function toTail(run: RunRow, services: WandbServices, stream: 'history' | 'events'): Promise<string> {
  const row = await services.historyRows.tail(run, stream)
  return JSON.stringify(row === undefined ? [] : [toJsonLine(row, { hasStep: stream === 'history' })])
}

const sampleSpecSchema = z.object({
  // W&B's client asks for no keys of a sweep's runs when it only wants to know the sweep.
  keys: z.array(z.string()).default([]),
  samples: z.number().int().positive().default(500),
  minStep: z.number().nullish(),
  maxStep: z.number().nullish(),
})

function parseSampleSpec(text: string): z.infer<typeof sampleSpecSchema> {
  try {
    return sampleSpecSchema.parse(JSON.parse(text))
  } catch (cause) {
    throw new ServerError({
      code: 'invalid-request',
      message: `Not a sampledHistory spec: ${JSON.stringify(toStrictJson(text.slice(0, 200)))}`,
      cause,
    })
  }
}
