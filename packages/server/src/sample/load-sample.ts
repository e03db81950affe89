import { createHash } from 'node:crypto'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createSender } from '@lossline/journal'
import type { ProjectRow, Store } from '@lossline/store'
import type { Clock } from '../clock.ts'
import type { Runs } from '../domain/runs.ts'
import { moveJournal } from './move-records.ts'
import type { SamplePack, SampleRun } from './read-sample-pack.ts'

/** What loading works with. */
export interface LoadSampleOptions {
  readonly pack: SamplePack
  readonly store: Store
  readonly runs: Runs
  readonly clock: Clock
  /** Where it goes. */
  readonly project: ProjectRow
  /** Who loads it, and owns its views. */
  readonly username: string
  /** A folder that is not there yet, for what is being sent; removed at the end. */
  readonly workDirectory: string
  /** The server's own, for callers that are trusted. @param heardAtMs - When the run was last heard of. */
  readonly fetch: (request: Request, heardAtMs: number) => Promise<Response>
  readonly signal: AbortSignal
  /** Takes the digests of contents that were only needed on the way. */
  readonly release: (digests: ReadonlySet<string>, untouchedSinceMs: number) => Promise<void>
  /** Called after each run that is in the project. */
  onRun(): void
}

/**
 * Puts the sample into a project, as if its runs had been made in the last days. What is there of it already, from a loading
 * that was broken off, stays. When the project is removed meanwhile, that is the end of it.
 *
 * @throws SendError; whatever writing the unpacked files throws.
 */
export async function loadSample(options: LoadSampleOptions): Promise<void> {
  const { pack, store, project, workDirectory, signal } = options
  const byMs = options.clock.now() - pack.endsAtMs
  /** Manifests of artifacts are among them: nothing refers to these once the artifacts are committed. */
  const sentTexts = new Set<string>()
  try {
    await putProjectParts(options)
    for (const [path, content] of pack.files) {
      if (path.startsWith('staged/')) await writeInto(workDirectory, path, content)
    }
    // One after the other: versions of artifacts are numbered in the order in which their runs began.
    for (const run of pack.runs) {
      signal.throwIfAborted()
      // Somebody has removed it.
      if ((await store.projectById(project.id)) === undefined) return
      await loadRun({ ...options, byMs, sentTexts }, run)
      options.onRun()
    }
    if ((await store.projectById(project.id)) === undefined) return
    const nowMs = options.clock.now()
    await options.release(sentTexts, nowMs)
    await store.write([{ kind: 'change-project', project: project.id, sampleLoadedAtMs: nowMs, nowMs }])
  } finally {
    await rm(workDirectory, { recursive: true, force: true })
  }
}

/** Everything that belongs to the project itself. */
async function putProjectParts({ pack, store, clock, project, username }: LoadSampleOptions): Promise<void> {
  const nowMs = clock.now()
  const sweeps = await Promise.all([true, false].map((isTrashed) => store.sweeps({ project: project.id, isTrashed })))
  const names = new Set(sweeps.flat().map(({ name }) => name))
  // What somebody has changed or thrown away since a loading that was broken off stays so.
  const isNew = names.size === 0 && project.runCount === 0
  await store.write([
    ...(isNew ? [{ kind: 'change-project', project: project.id, description: pack.description, nowMs } as const] : []),
    ...pack.sweeps
      .filter(({ name }) => !names.has(name))
      .map(
        ({ name, ...fields }) => ({ kind: 'put-sweep', project: project.id, name, fields, username, nowMs }) as const,
      ),
  ])
  for (const { id, displayName, spec } of pack.views) {
    const name = id === 'own' ? `nw-${username}-w` : `nw-sample${id}-v`
    const [known] = await store.views({ project: project.id, type: 'project-view', name })
    if (known !== undefined) continue
    const fields = { type: 'project-view', name, displayName, spec }
    await store.write([{ kind: 'put-view', project: project.id, fields, username, nowMs }])
  }
}

async function loadRun(
  options: LoadSampleOptions & { readonly byMs: number; readonly sentTexts: Set<string> },
  run: SampleRun,
): Promise<void> {
  const { pack, store, runs, workDirectory, byMs } = options
  const project = await store.projectById(options.project.id)
  // Somebody has removed it.
  if (project === undefined) return
  const at = { entity: project.entity, project: project.name, runId: run.id }
  if (await store.isRunIdSpent(at)) return
  const known = await runs.find(at)
  // Its end was sent, and that comes after everything else that it has.
  if (known !== undefined && known.state !== 'running') return
  const runDirectory = join(workDirectory, 'runs', run.id)
  for (const [path, content] of pack.files) {
    if (!path.startsWith(`runs/${run.id}/`)) continue
    await writeInto(workDirectory, path, path.endsWith('.wandb') ? moveJournal(content, byMs) : content)
  }
  const heardAtMs = run.endedAtMs + byMs
  const sender = createSender({
    runDirectory,
    journalPath: join(runDirectory, `run-${run.id}.wandb`),
    stagedDirectories: [join(workDirectory, 'staged')],
    target: {
      baseUrl: 'http://sample.localhost',
      entity: project.entity,
      project: project.name,
      fetch: async (input, init) => {
        const request = await noteText(new Request(input, init), options.sentTexts)
        return options.fetch(request, heardAtMs)
      },
      isInProcess: true,
    },
    follow: false,
    signal: options.signal,
  })
  try {
    const report = await sender.run()
    if (report.error !== undefined) throw report.error
  } finally {
    await sender.close()
  }
  if (run.isCrashed) await runs.markLost(at, 'process gone')
  await rm(runDirectory, { recursive: true, force: true })
}

/** Notes the digest of a content that is uploaded as it is, not by where it lies. */
async function noteText(request: Request, digests: Set<string>): Promise<Request> {
  if (request.method !== 'PUT' || request.body === null) return request
  const { url, method, headers, signal } = request
  const body = new Uint8Array(await request.arrayBuffer())
  digests.add(createHash('sha256').update(body).digest('hex'))
  return new Request(url, { method, headers, signal, body })
}

async function writeInto(directory: string, path: string, content: Uint8Array): Promise<void> {
  const target = join(directory, path)
  await mkdir(dirname(target), { recursive: true })
  await writeFile(target, content)
}
