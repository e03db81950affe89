import {
  type BestPointsResponse,
  decodeKeyPath,
  type NumberFigures,
  parseMetricColumn,
  type RunContentsResponse,
  type RunEditsRequest,
  type RunFieldValues,
  type RunFiguresResponse,
  type RunGroupsResponse,
  type RunImportanceResponse,
  type RunKeyInfo,
  type RunKeysResponse,
  type RunMarksResponse,
  type RunNeighboursResponse,
  type RunResponse,
  type RunsChangedResponse,
  type RunsDeletionResponse,
  type RunsFilter,
  type RunsQueryResponse,
  type RunsSort,
  toStrictJson,
  type ValueSpread,
} from '@lossline/protocol'
import type {
  NumberSummary,
  RunFieldValueRow,
  RunGroupPath,
  RunGroupRow,
  RunNeighbours,
  RunPredicate,
  RunQuery,
  RunRow,
  RunValueKeyRow,
  Store,
} from '@lossline/store'
import { Hono } from 'hono'
import { type ChangedRun, changeRuns, restoreRuns } from '../domain/change-runs.ts'
import { metricOfGroups } from '../domain/group-metrics.ts'
import { importanceOfRuns } from '../domain/importance/importance-of-runs.ts'
import { importanceRunCountMin } from '../domain/importance/parameter-importance.ts'
import { inParts } from '../domain/in-parts.ts'
import type { LoadFigures } from '../domain/load-figures.ts'
import { bestPointsOf } from '../domain/marks/best-points.ts'
import { marksOfRun, noMarks } from '../domain/marks/run-marks.ts'
import { createMetricColumns, type MixedOrder } from '../domain/metric-columns.ts'
import { previewDeletion } from '../domain/preview-deletion.ts'
import { valueAtPath } from '../domain/run-columns.ts'
import { contentsOfRuns } from '../domain/run-contents.ts'
import { figuresOfRuns } from '../domain/run-figures.ts'
import type { Runs } from '../domain/runs.ts'
import { createBreather } from '../domain/series/breathe.ts'
import { spreadsOfGroups } from '../domain/value-spreads.ts'
import { ServerError } from '../errors.ts'
import { parseRunFilter, parseRunKey } from '../filters/run-filters.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import * as markSchemas from './mark-schemas.ts'
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
  loadFigures,
}: {
  readonly store: Store
  readonly runs: Runs
  readonly loadFigures: LoadFigures
}): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  const project = '/api/projects/:entity/:project' as const
  const metricColumns = createMetricColumns(loadFigures, runs)

  app.post(`${project}/runs/query`, async (c) => {
    const request = parse(schemas.runsQueryRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const selection = { ...c.req.param(), ...(await toSelection(request)) }
    const columns = (request.columns ?? []).map((key) => parseMetricColumn(key) ?? parseRunKey(key))
    const { offset = 0, limit = 200, sort = [] } = request
    const breathe = createBreather(c.req.raw.signal)
    const found = hasMetricColumn(sort)
      ? (await metricColumns.sort(selection, sort.map(toMixedOrder), breathe)).slice(offset, offset + limit)
      : (await runs.list({ ...selection, ...toOrder(sort), offset, limit })).runs
    const listed: RunsQueryResponse['runs'][number][] = []
    // Run by run: metric columns of many are many histories.
    for (const run of found) {
      const values = await Promise.all(
        columns.map((column) =>
          'reduction' in column ? metricColumns.figureOf(run, column) : toStrictJson(valueAtPath(run, column) ?? null),
        ),
      )
      listed.push({ ...toRunSummary(run), values })
      await breathe()
    }
    return c.json({ total: await runs.count(selection), runs: listed } satisfies RunsQueryResponse)
  })

  app.post(`${project}/runs/neighbours`, async (c) => {
    const request = parse(schemas.runNeighboursRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const at = c.req.param()
    const { id } = await existingRun(runs, { ...at, runId: request.runId })
    const selection = { ...at, ...(await toSelection(request)) }
    const { sort = [] } = request
    const found = hasMetricColumn(sort)
      ? neighboursIn(await metricColumns.sort(selection, sort.map(toMixedOrder), createBreather(c.req.raw.signal)), id)
      : await runs.neighbours({ ...selection, ...toOrder(sort), run: id })
    return c.json({
      place: found
        ? {
            index: found.index,
            total: found.total,
            previous: found.previous ? toRunSummary(found.previous) : null,
            next: found.next ? toRunSummary(found.next) : null,
          }
        : null,
    } satisfies RunNeighboursResponse)
  })

  app.post(`${project}/runs/groups`, async (c) => {
    const request = parse(schemas.runGroupsRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const { offset = 0, limit = 200 } = request
    const query = { ...c.req.param(), ...(await toSelection(request)), by: request.by.map(parseRunKey) }
    const columns = request.columns ?? []
    const paths = columns.filter((key) => parseMetricColumn(key) === undefined).map(parseRunKey)
    const found = await runs.groups({ ...query, columns: paths, offset, limit })
    const spreads: (readonly (ValueSpread | null)[])[] = []
    const breathe = createBreather(c.req.raw.signal)
    const ofMetrics = new Map<string, readonly NumberSummary[] | undefined>()
    for (const key of columns) {
      const column = parseMetricColumn(key)
      if (column === undefined || ofMetrics.has(key)) continue
      const options = { query, groups: found.groups, column, breathe }
      ofMetrics.set(key, await metricOfGroups({ runs, loadFigures }, options))
    }
    /** Of a group, in the order in which they were asked for. */
    const figuresOf = (group: RunGroupRow, index: number): (NumberFigures | null)[] => {
      const own = group.columns.values()
      return columns.map((key) => {
        const summary = ofMetrics.has(key) ? ofMetrics.get(key)?.[index] : own.next().value
        return summary === undefined ? null : toFigures(summary)
      })
    }
    // One after the other: each goes through the runs.
    for (const key of request.spreads ?? []) {
      spreads.push(await spreadsOfGroups(runs, { query, groups: found.groups, path: parseSpreadKey(key), breathe }))
    }
    return c.json({
      total: found.total,
      groups: found.groups.map((group, index) => ({
        values: group.values.map((value) => (typeof value === 'bigint' ? String(value) : (value ?? null))),
        runCount: group.runCount,
        columns: figuresOf(group, index),
        ...(spreads.length > 0 && { spreads: spreads.map((ofKey) => ofKey[index] ?? null) }),
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

  app.post(`${project}/runs/marks`, async (c) => {
    const { runIds, x } = parse(markSchemas.runMarksRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const at = c.req.param()
    const marked = await inParts(runIds, async (runId) => {
      const run = await runs.find({ ...at, runId })
      return { runId, ...(run === undefined ? noMarks : await marksOfRun(store, run, x)) }
    })
    return c.json({ runs: marked } satisfies RunMarksResponse)
  })

  app.post(`${project}/runs/best-points`, async (c) => {
    const request = parse(markSchemas.bestPointsRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const { runIds, key, stream = 'history', goal, x } = request
    const at = c.req.param()
    const addresses = runIds.map((runId) => ({ ...at, runId }))
    const points = await bestPointsOf(store, addresses, { key, stream, goal, x })
    return c.json({ points: points.map((point) => point ?? null) } satisfies BestPointsResponse)
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
    const asked = { entity, project: name, runCountMax: keyRunCountMax }
    const [keys, values] = [await store.runValueKeys(asked), await store.runFieldValues(asked)]
    const fields = toFieldValues(values)
    return c.json({ keys: toKeyInfos(keys, runCount), fields, runCount } satisfies RunKeysResponse)
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

  app.post(`${project}/runs/deletion`, async (c) => {
    const { of } = parse(schemas.runsDeletionRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const at = c.req.param()
    const chosen = 'runIds' in of ? await existingRuns(of.runIds, at) : await allMatching(of, at)
    return c.json((await previewDeletion(store, chosen)) satisfies RunsDeletionResponse)
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

function toOrder(sort: readonly RunsSort[] = []): Pick<RunQuery, 'order' | 'thenBy'> {
  const [order, ...thenBy] = sort.map(({ key, isDescending }) => ({ by: parseRunKey(key), isDescending }))
  return order === undefined ? {} : { order, thenBy }
}

function hasMetricColumn(sort: readonly RunsSort[]): boolean {
  return sort.some(({ key }) => parseMetricColumn(key) !== undefined)
}

function toMixedOrder({ key, isDescending }: RunsSort): MixedOrder {
  const column = parseMetricColumn(key)
  return { by: column === undefined ? { path: parseRunKey(key) } : { column }, isDescending }
}

/** Tags and notes are told of groups too, though no run is found or put in order by them as a whole. */
function parseSpreadKey(key: string): RunGroupPath {
  if (key === 'run.tags') return { kind: 'tags' }
  return key === 'run.notes' ? { kind: 'notes' } : parseRunKey(key)
}

function neighboursIn(sorted: readonly RunRow[], id: number): RunNeighbours | undefined {
  const index = sorted.findIndex((run) => run.id === id)
  if (index < 0) return undefined
  return { index, total: sorted.length, previous: sorted[index - 1], next: sorted[index + 1] }
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

/** As queries name the fields. */
const queryFields: Readonly<Record<RunFieldValueRow['field'], RunFieldValues['field']>> = {
  state: 'state',
  username: 'user',
  host: 'host',
  group: 'group',
  jobType: 'jobType',
  sweepId: 'sweep',
  tags: 'tags',
}

function toFieldValues(rows: readonly RunFieldValueRow[]): RunFieldValues[] {
  return [...Map.groupBy(rows, ({ field }) => queryFields[field])].map(([field, of]) => ({
    field,
    values: of.map(({ value, runCount }) => ({ value, runCount })),
  }))
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
