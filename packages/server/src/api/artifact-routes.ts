import type {
  AliasChangesResponse,
  ArtifactChangedResponse,
  ArtifactFileInfo,
  ArtifactFilesResponse,
  ArtifactLineageResponse,
  ArtifactSearchResponse,
  ArtifactTypesResponse,
  ArtifactUsersResponse,
  ArtifactVersionResponse,
  ArtifactVersionsResponse,
  RunArtifactsResponse,
} from '@lossline/protocol'
import { type ArtifactEntryRow, type ArtifactRow, type ByteRange, parseBlobDigest } from '@lossline/store'
import { Hono } from 'hono'
import { invalid } from '../domain/artifacts/artifact-names.ts'
import { existingArtifact } from '../domain/artifacts/artifact-services.ts'
import { changeVersion, removeVersion, runsUsing } from '../domain/artifacts/change-version.ts'
import { deleteCollection, requireCollection } from '../domain/artifacts/collections.ts'
import { findContent, resolveUri } from '../domain/artifacts/find-content.ts'
import { resolveVersion } from '../domain/artifacts/resolve-name.ts'
import { searchVersions } from '../domain/artifacts/search-versions.ts'
import { traceLineage } from '../domain/artifacts/trace-lineage.ts'
import {
  collectionInfo,
  toRunReference,
  versionDetail,
  versionInCollection,
  versionInfo,
} from '../domain/artifacts/version-infos.ts'
import type { MediaServices } from '../domain/media/media-services.ts'
import type { Runs } from '../domain/runs.ts'
import { createBreather } from '../domain/series/breathe.ts'
import { ServerError } from '../errors.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { type ShowOptions, sendShown } from '../http/send-shown.ts'
import { sendZip, type ZippedFile } from '../http/send-zip.ts'
import * as schemas from './artifact-schemas.ts'
import { existingRun, parse, readJsonBody, readOptionalJsonBody } from './parse-request.ts'

/** A description may be long. */
const bodyBytesMax = 4 * 2 ** 20
/** Entries read from the store at a time while an archive is made. */
const zippedAtATime = 500

/** Artifacts for the page. Shapes: `artifact-api.ts` of the protocol. */
export function createArtifactPageRoutes(
  runs: Runs,
  services: MediaServices,
  showing: ShowOptions,
): Hono<AppEnvironment> {
  const { store, artifacts, urls, parseArtifactId } = services
  const { reads, blobs } = artifacts
  const app = new Hono<AppEnvironment>()

  app.get('/api/projects/:entity/:project/artifacts', async (c) => {
    const { entity, project } = c.req.param()
    const found = await store.project(entity, project)
    const types = found === undefined ? [] : await reads.types(found.id)
    const described = types.map(async ({ name, projectId }) => {
      const collections = await reads.collections({ project: projectId, type: name })
      return { name, collections: await Promise.all(collections.map((one) => collectionInfo(artifacts, one))) }
    })
    return c.json({ types: await Promise.all(described) } satisfies ArtifactTypesResponse)
  })

  app.get('/api/projects/:entity/:project/artifacts/:collection/versions', async (c) => {
    const query = parse(schemas.versionsQuery, c.req.query())
    const { collection: name, ...at } = c.req.param()
    const collection = await requireCollection(artifacts, at, name)
    const versions = await reads.memberships({ collection: collection.id, isNewestFirst: true, ...query })
    return c.json({
      collection: await collectionInfo(artifacts, collection),
      type: collection.type,
      versions: await Promise.all(versions.map((one) => versionInCollection(artifacts, collection, one))),
      total: await reads.countMemberships(collection.id),
    } satisfies ArtifactVersionsResponse)
  })

  app.get('/api/projects/:entity/:project/artifacts/:collection/versions/:version', async (c) => {
    const { collection: name, version, ...at } = c.req.param()
    const collection = await requireCollection(artifacts, at, name)
    const membership = await resolveVersion(artifacts, collection.id, version)
    if (membership === undefined) {
      throw new ServerError({ code: 'not-found', message: `"${name}" has no version "${version}".` })
    }
    return c.json({
      version: await versionDetail(artifacts, collection, membership),
    } satisfies ArtifactVersionResponse)
  })

  app.get('/api/projects/:entity/:project/artifacts/:collection/users', async (c) => {
    const { collection: name, ...at } = c.req.param()
    const collection = await requireCollection(artifacts, at, name)
    const found = await runsUsing(artifacts, collection.id)
    const users = await Promise.all(found.map((id) => store.runById(id)))
    return c.json({
      runs: users.filter((run) => run !== undefined).map(toRunReference),
    } satisfies ArtifactUsersResponse)
  })

  app.get('/api/projects/:entity/:project/artifacts/:collection/alias-changes', async (c) => {
    const query = parse(schemas.aliasChangesQuery, c.req.query())
    const { collection: name, ...at } = c.req.param()
    const { id } = await requireCollection(artifacts, at, name)
    const changes = await reads.aliasChanges({ collection: id, ...query })
    const nameOf = (index: number | undefined): string | null => (index === undefined ? null : `v${index}`)
    return c.json({
      changes: changes.map(({ from, to, ...change }) => ({ ...change, from: nameOf(from), to: nameOf(to) })),
    } satisfies AliasChangesResponse)
  })

  app.delete('/api/projects/:entity/:project/artifacts/:collection', async (c) => {
    const { collection: name, ...at } = c.req.param()
    const { confirm } = parse(schemas.deleteCollectionRequest, await readJsonBody(c.req.raw, bodyBytesMax))
    const { id, kind } = await requireCollection(artifacts, at, name)
    if (confirm !== name) throw invalid(`To delete the collection, send "confirm": "${name}".`)
    await deleteCollection(artifacts, id, kind)
    return c.body(null, 204)
  })

  app.get('/api/projects/:entity/:project/artifact-versions', async (c) => {
    const { search: text, ...query } = parse(schemas.versionSearch, c.req.query())
    const { entity, project } = c.req.param()
    const found = await store.project(entity, project)
    if (found === undefined) return c.json({ versions: [] } satisfies ArtifactSearchResponse)
    const breathe = createBreather(c.req.raw.signal)
    const { versions, next } = await searchVersions(artifacts, { project: found.id, text, ...query }, breathe)
    return c.json({
      versions: await Promise.all(
        versions.map(({ collection, membership }) => versionInCollection(artifacts, collection, membership)),
      ),
      ...(next === undefined ? {} : { next }),
    } satisfies ArtifactSearchResponse)
  })

  app.patch('/api/artifacts/:id{\\d{1,15}}', async (c) => {
    const change = parse(schemas.artifactChange, await readJsonBody(c.req.raw, bodyBytesMax))
    const { collection, membership, moved } = await changeVersion(artifacts, Number(c.req.param('id')), change)
    return c.json({
      version: await versionDetail(artifacts, collection, membership),
      moved: moved.map(({ alias, from }) => ({
        alias,
        from: { id: from.artifact.id, version: `v${from.versionIndex}` },
      })),
    } satisfies ArtifactChangedResponse)
  })

  app.delete('/api/artifacts/:id{\\d{1,15}}', async (c) => {
    const request = parse(schemas.deleteArtifactRequest, await readOptionalJsonBody(c.req.raw, bodyBytesMax))
    await removeVersion(artifacts, Number(c.req.param('id')), request.confirm)
    return c.body(null, 204)
  })

  app.get('/api/artifacts/:id{\\d{1,15}}/files', async (c) => {
    const { after, limit } = parse(schemas.artifactFilesQuery, c.req.query())
    const artifact = await existingArtifact(artifacts, Number(c.req.param('id')))
    // One more than asked for tells whether there are more.
    const entries = await reads.entries({ artifact: artifact.id, after, limit: limit + 1 })
    const files = entries.slice(0, limit).map((entry) => toFile(artifact, entry))
    return c.json({
      files: await Promise.all(files),
      hasMore: entries.length > limit,
    } satisfies ArtifactFilesResponse)
  })

  app.get('/api/artifacts/:id{\\d{1,15}}/file', async (c) => {
    const { path, ...shownAs } = parse(schemas.artifactFileQuery, c.req.query())
    const found = await findContent(artifacts, parseArtifactId, { artifact: Number(c.req.param('id')), path })
    if (found === undefined) throw new ServerError({ code: 'not-found', message: `The version has no file "${path}".` })
    const digest = parseBlobDigest(found.sha256)
    const sizeBytes = await blobs.size(digest)
    if (sizeBytes === undefined) throw new ServerError({ code: 'not-found', message: `"${path}" is gone.` })
    const name = path.slice(path.lastIndexOf('/') + 1)
    const content = { name, sizeBytes, tag: digest, read: (range?: ByteRange) => blobs.get(digest, range) }
    return sendShown(c.req.raw, content, shownAs, showing)
  })

  app.get('/api/artifacts/:id{\\d{1,15}}/zip', async (c) => {
    const artifact = await existingArtifact(artifacts, Number(c.req.param('id')))
    const info = await versionInfo(artifacts, artifact)
    const name = info ? `${info.collection}-${info.version}` : String(artifact.id)
    return sendZip(`${name}.zip`, zippedFiles(artifact))
  })

  app.get('/api/artifacts/:id{\\d{1,15}}/lineage', async (c) => {
    const query = parse(schemas.lineageQuery, c.req.query())
    const lineage = await traceLineage(artifacts, { artifact: Number(c.req.param('id')), ...query })
    return c.json(lineage satisfies ArtifactLineageResponse)
  })

  app.get('/api/runs/:entity/:project/:runId/artifacts', async (c) => {
    const run = await existingRun(runs, c.req.param())
    const list = async (direction: 'input' | 'output') => {
      const { artifacts: rows } = await reads.artifactsOfRun({ run: run.id, direction })
      const infos = await Promise.all(rows.map((row) => versionInfo(artifacts, row)))
      return infos.filter((info) => info !== undefined)
    }
    return c.json({ inputs: await list('input'), outputs: await list('output') } satisfies RunArtifactsResponse)
  })

  /** References to what is not here are left out: there is nothing of them to pack. */
  async function* zippedFiles(artifact: ArtifactRow): AsyncGenerator<ZippedFile> {
    let after = ''
    for (;;) {
      const entries = await reads.entries({ artifact: artifact.id, after, limit: zippedAtATime })
      for (const { path } of entries) {
        const read = async () => {
          const found = await findContent(artifacts, parseArtifactId, { artifact: artifact.id, path })
          return found && blobs.get(parseBlobDigest(found.sha256))
        }
        yield { name: path, modifiedAtMs: artifact.createdAtMs, read }
      }
      const last = entries.at(-1)
      if (last === undefined) return
      after = last.path
    }
  }

  async function toFile(
    { id }: ArtifactRow,
    { path, digest, sizeBytes, ref }: ArtifactEntryRow,
  ): Promise<ArtifactFileInfo> {
    const isHere = ref === undefined || (await resolveUri(artifacts, parseArtifactId, ref)) !== undefined
    return {
      path,
      digest,
      ...(sizeBytes === undefined ? {} : { sizeBytes }),
      ...(isHere ? { url: urls.artifactFile(id, path) } : {}),
      ...(ref === undefined ? {} : { reference: ref }),
    }
  }
  return app
}
