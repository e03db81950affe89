import {
  decodeKeyPath,
  type NumberFigures,
  type RunContentsResponse,
  type RunEditsRequest,
  type RunFiguresResponse,
  type RunGroupsResponse,
  type RunImportanceResponse,
  type RunKeyInfo,
  type RunKeysResponse,
  type RunResponse,
  type RunsChangedResponse,
  type RunsFilter,
  type RunsQueryResponse,
  toStrictJson,
} from '@lossline/protocol'
import type { NumberSummary, RunPredicate, RunRow, RunValueKeyRow, Store } from '@lossline/store'
import { Hono } from 'hono'
import { type ChangedRun, changeRuns, restoreRuns } from '../domain/change-runs.ts'
import { importanceOfRuns } from '../domain/importance/importance-of-runs.ts'
import { importanceRunCountMin } from '../domain/importance/parameter-importance.ts'
import { inParts } from '../domain/in-parts.ts'
import { valueAtPath } from '../domain/run-columns.ts'
import { contentsOfRuns } from '../domain/run-contents.ts'
import { figuresOfRuns } from '../domain/run-figures.ts'
import type { Runs } from '../domain/runs.ts'
import { createBreather } from '../domain/series/breathe.ts'
import { ServerError } from '../errors.ts'
import { parseRunFilter, parseRunKey } from '../filters/run-filters.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { runContentsRequest } from './media-schemas.ts'
import { existingRun, parse, readJsonBody } from './parse-request.ts'
import * as schemas from './run-query-schemas.ts'
import { toRunDetail, toRunSummary } from './to-page.ts'

const bodyBytesMax = 4 * 2 ** 20
/** Of larger projects the newest runs tell which keys there are. */
const keyRunCountMax = 2000
/** A change of more runs is refused: it would take tens of seconds. */
const changedRunCountMax = 10_000

/** Finding runs, putting them together and changing many of them. */
export function createRunQueryRoutes({
  store,
  runs,
}: {
  readonly store: Store
  readonly runs: Runs
}): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  const project = '/api/projects/:entity/:project' as const

  app.post(`${project}/runs/query`, async (c) => {
    const request = parse(schemas.runsQueryRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const selection = { ...c.req.param(), ...(await toSelection(request)) }
    const columns = (request.columns ?? []).map(parseRunKey)
    const [order, ...thenBy] = (request.sort ?? []).map(({ key, isDescending }) => ({
      by: parseRunKey(key),
      isDescending,
    }))
    const { offset = 0, limit = 200 } = request
    const found = await runs.list({ ...selection, offset, limit, thenBy, ...(order && { order }) })
    return c.json({
      total: await runs.count(selection),
      runs: found.runs.map((run) => ({
        ...toRunSummary(run),
        values: columns.map((path) => toStrictJson(valueAtPath(run, path) ?? null)),
      })),
    } satisfies RunsQueryResponse)
  })

  app.post(`${project}/runs/groups`, async (c) => {
    const request = parse(schemas.runGroupsRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const { offset = 0, limit = 200 } = request
    const found = await runs.groups({
      ...c.req.param(),
      ...(await toSelection(request)),
      by: request.by.map(parseRunKey),
      columns: (request.columns ?? []).map(parseRunKey),
      offset,
      limit,
    })
    return c.json({
      total: found.total,
      groups: found.groups.map(({ values, runCount, columns }) => ({
        values: values.map((value) => (typeof value === 'bigint' ? String(value) : (value ?? null))),
        runCount,
        columns: columns.map(toFigures),
      })),
    } satisfies RunGroupsResponse)
  })

  app.post(`${project}/runs/figures`, async (c) => {
    const {
      runIds,
      key,
      stream = 'history',
    } = parse(schemas.runFiguresRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const at = c.req.param()
    const addresses = runIds.map((runId) => ({ ...at, runId }))
    const figures = await figuresOfRuns(store, addresses, { key, stream })
    return c.json({ figures: figures.map((one) => one ?? null) } satisfies RunFiguresResponse)
  })

  app.post(`${project}/runs/importance`, async (c) => {
    const request = parse(schemas.runImportanceRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const found = await importanceOfRuns(
      store,
      runs,
      {
        ...c.req.param(),
        ...(await toSelection(request)),
        outcome: parseRunKey(request.outcome),
        parameters: request.keys?.map((key) => ({ key, path: parseRunKey(key) })),
      },
      createBreather(c.req.raw.signal),
    )
    return c.json({
      runCount: found.runCount,
      runCountMin: importanceRunCountMin,
      parameters: found.parameters.map((one) => ({ ...one, correlation: one.correlation ?? null })),
    } satisfies RunImportanceResponse)
  })

  app.post(`${project}/runs/contents`, async (c) => {
    const { runIds } = parse(runContentsRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const at = c.req.param()
    const found = await inParts(runIds, (runId) => runs.find({ ...at, runId }))
    const contents = await contentsOfRuns(
      store,
      found.filter((run) => run !== undefined),
    )
    return c.json(contents satisfies RunContentsResponse)
  })

  app.get(`${project}/run-keys`, async (c) => {
    const { entity, project: name } = c.req.param()
    const runCount = Math.min(await runs.count({ entity, project: name }), keyRunCountMax)
    const keys = await store.runValueKeys({ entity, project: name, runCountMax: keyRunCountMax })
    return c.json({ keys: toKeyInfos(keys, runCount), runCount } satisfies RunKeysResponse)
  })

  app.patch('/api/runs/:entity/:project/:runId', async (c) => {
    const { id } = await existingRun(runs, c.req.param())
    const edit = parse(schemas.runEdit, await readJsonBody(c.req.raw, bodyBytesMax))
    const run = await runs.edit(id, edit)
    return c.json({ run: toRunDetail(run, await store.stateChanges(id)) } satisfies RunResponse)
  })

  app.post(`${project}/runs/edits`, async (c) => {
    const { edits } = parse(schemas.runEditsRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const at = c.req.param()
    const runIds = await inParts(edits, async ({ runId, ...edit }) => {
      const { id } = await existingRun(runs, { ...at, runId })
      await runs.edit(id, edit)
      return runId
    })
    return c.json({ runIds, before: [] } satisfies RunsChangedResponse)
  })

  app.post(`${project}/runs/change`, async (c) => {
    const request = parse(schemas.runsChangeRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const at = c.req.param()
    const { of, addTags = [], removeTags = [], group, jobType, color, action } = request
    if (action === 'restore') {
      if (!('runIds' in of)) {
        throw new ServerError({ code: 'invalid-request', message: 'What is in the trash is restored by run ids.' })
      }
      return c.json(
        toChanged(
          await restoreRuns(
            runs,
            of.runIds.map((runId) => ({ ...at, runId })),
          ),
        ),
      )
    }
    const chosen = 'runIds' in of ? await existingRuns(of.runIds, at) : await allMatching(of, at)
    return c.json(toChanged(await changeRuns(runs, chosen, { addTags, removeTags, group, jobType, color, action })))
  })

  const existingRuns = (runIds: readonly string[], at: { entity: string; project: string }): Promise<RunRow[]> =>
    inParts(runIds, (runId) => existingRun(runs, { ...at, runId }))

  const allMatching = async (filter: RunsFilter, at: { entity: string; project: string }): Promise<RunRow[]> => {
    const selection = { ...at, ...(await toSelection(filter)) }
    const count = await runs.count(selection)
    if (count > changedRunCountMax) {
      throw new ServerError({
        code: 'invalid-request',
        message: `${count} runs match; at most ${changedRunCountMax} can be changed at a time.`,
        hint: 'Narrow the filter, and change them in several steps.',
      })
    }
    return [...(await runs.list({ ...selection, limit: changedRunCountMax })).runs]
  }

  return app
}

async function toSelection({ filter, search }: RunsFilter): Promise<{ filter?: RunPredicate; search?: string }> {
  const predicate = filter === undefined ? undefined : await parseRunFilter(JSON.stringify(filter))
  return { ...(predicate && { filter: predicate }), ...(search && { search }) }
}

function toFigures(summary: NumberSummary): NumberFigures {
  const orNull = (figure: number): number | null => (Number.isFinite(figure) ? figure : null)
  return {
    count: summary.count,
    mean: orNull(summary.mean),
    standardDeviation: orNull(summary.standardDeviation),
    min: orNull(summary.min),
    max: orNull(summary.max),
  }
}

/** Objects are told by what is in them, and W&B's own notes are not told at all. */
function toKeyInfos(rows: readonly RunValueKeyRow[], runCount: number): RunKeyInfo[] {
  const parents = new Set(rows.map(({ source, key }) => `${source} ${key.slice(0, key.lastIndexOf('.'))}`))
  return rows
    .filter(({ source, key }) => !parents.has(`${source} ${key}`) && !/^_wandb(\.|$)/.test(key))
    .map(({ source, key, distinctCount, kinds, min, max, commonValues, ...row }) => ({
      key: `${source}.${decodeKeyPath(key).join('.')}`,
      runCount: row.runCount,
      isVarying: distinctCount > 1 || row.runCount < runCount,
      kind: mostFrequentKind(kinds, row.runCount),
      min: min ?? null,
      max: max ?? null,
      commonValues: commonValues.map(({ value }) => value),
    }))
}

function mostFrequentKind(kinds: RunValueKeyRow['kinds'], runCount: number): RunKeyInfo['kind'] {
  const { number, text, boolean } = kinds
  const other = runCount - number - text - boolean - kinds.null
  const counts = { number, text, boolean, other }
  return (Object.keys(counts) as RunKeyInfo['kind'][]).reduce((most, kind) =>
    counts[kind] > counts[most] ? kind : most,
  )
}

function toChanged(changed: readonly ChangedRun[]): RunsChangedResponse {
  const edits: RunEditsRequest['edits'] = changed
    .filter(({ before }) => Object.keys(before).length > 0)
    .map(({ runId, before }) => ({ runId, ...before }))
  return { runIds: changed.map(({ runId }) => runId), before: edits }
}
