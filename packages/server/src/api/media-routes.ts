import type {
  CustomChartsResponse,
  HistogramsResponse,
  HistoryRowsResponse,
  MediaKeysResponse,
  MediaValueResponse,
  RunFilesResponse,
} from '@lossline/protocol'
import { parseJson, toStrictJson } from '@lossline/protocol'
import type { ByteRange, RunRow } from '@lossline/store'
import { Hono } from 'hono'
import { customChartsOf } from '../domain/custom-charts.ts'
import { histogramsOverSteps } from '../domain/media/histograms-over-steps.ts'
import { findMedia, listMediaKeys } from '../domain/media/media-keys.ts'
import type { MediaServices } from '../domain/media/media-services.ts'
import { toMediaValue } from '../domain/media/media-value.ts'
import { listStepAxes, withAxis } from '../domain/media/step-axes.ts'
import type { RunFiles } from '../domain/run-files.ts'
import type { Runs } from '../domain/runs.ts'
import { sampleKeys } from '../domain/sample-keys.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { type ShowOptions, sendShown } from '../http/send-shown.ts'
import { sendZip, type ZippedFile } from '../http/send-zip.ts'
import * as schemas from './media-schemas.ts'
import { existingRun, parse, readJsonBody } from './parse-request.ts'

/** A hundred keys, however long. */
const rowsBodyBytesMax = 200_000

/** What runs hold beside numbers: `/api/runs/{entity}/{project}/{runId}/…`. Shapes: `media-api.ts` of the protocol. */
export function createMediaRoutes(runs: Runs, services: MediaServices, showing: ShowOptions): Hono<AppEnvironment> {
  const { store, files, urls } = services
  const app = new Hono<AppEnvironment>().basePath('/api/runs/:entity/:project/:runId')

  app.get('/media', async (c) => {
    const { axis } = parse(schemas.mediaKeysQuery, c.req.query())
    const run = await existingRun(runs, c.req.param())
    const keys = await listMediaKeys(store, run)
    return c.json({
      keys: axis === undefined ? keys : await withAxis(store, run, keys, axis),
      axes: await listStepAxes(store, run, keys),
    } satisfies MediaKeysResponse)
  })

  app.get('/media/value', async (c) => {
    const { key, step } = parse(schemas.mediaValueQuery, c.req.query())
    const run = await existingRun(runs, c.req.param())
    const found = await findMedia(store, run, key, step)
    if (found === undefined) {
      throw new ServerError({ code: 'not-found', message: `The run has logged no media as "${key}".` })
    }
    const value = await toMediaValue(services, run, key, found.media)
    return c.json({ key, step: found.step, value } satisfies MediaValueResponse)
  })

  app.get('/media/histograms', async (c) => {
    const { key } = parse(schemas.histogramsQuery, c.req.query())
    const run = await existingRun(runs, c.req.param())
    return c.json((await histogramsOverSteps(store, run, key)) satisfies HistogramsResponse)
  })

  app.post('/rows', async (c) => {
    const request = parse(schemas.rowsRequest, await readJsonBody(c.req.raw, rowsBodyBytesMax))
    const run = await existingRun(runs, c.req.param())
    const rows = await sampleKeys(store, run, request)
    return c.json({
      rows: rows.map((row) => row.map((text) => toStrictJson(parseJson(text)))),
    } satisfies HistoryRowsResponse)
  })

  app.get('/charts', async (c) => {
    const run = await existingRun(runs, c.req.param())
    const { entity, project } = run
    const keys = await store.metricKeys({ entity, project, runs: [run.id], stream: 'history' })
    const charts = customChartsOf(run, new Set(keys.map(({ key }) => key)))
    return c.json({ charts } satisfies CustomChartsResponse)
  })

  app.get('/files', async (c) => {
    const run = await existingRun(runs, c.req.param())
    const found = await files.list(run.id)
    return c.json({
      files: found.map(({ name, sizeBytes, md5, updatedAtMs }) => ({
        name,
        sizeBytes,
        md5,
        updatedAtMs,
        url: urls.runFile(run, name),
      })),
    } satisfies RunFilesResponse)
  })

  app.get('/zip', async (c) => {
    const run = await existingRun(runs, c.req.param())
    return sendZip(`${run.runId}-files.zip`, zippedFiles(files, run))
  })

  app.get('/file', async (c) => {
    const { name, ...shownAs } = parse(schemas.runFileQuery, c.req.query())
    const run = await existingRun(runs, c.req.param())
    const found = await files.get(run.id, name)
    if (found === undefined) throw new ServerError({ code: 'not-found', message: `The run has no file "${name}".` })
    const { sizeBytes, md5 } = found.file
    const fileName = name.slice(name.lastIndexOf('/') + 1)
    const content = { name: fileName, sizeBytes, tag: md5, read: (range?: ByteRange) => found.read(range) }
    return sendShown(c.req.raw, content, shownAs, showing)
  })
  return app
}

async function* zippedFiles(files: RunFiles, run: RunRow): AsyncGenerator<ZippedFile> {
  for (const { name, updatedAtMs } of await files.list(run.id)) {
    const read = async () => (await files.get(run.id, name))?.read()
    yield { name, modifiedAtMs: updatedAtMs, read }
  }
}
