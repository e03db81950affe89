import { statSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isAbsolute, join, normalize, sep } from 'node:path'
import type { FilesItem } from '@lossline/protocol'
import { createPathMatcher } from '../glob.ts'
import type { GraphqlOptions } from './graphql.ts'
import { createRunFiles, type RunAddress, type UploadSlots } from './run-api.ts'
import { SendError } from './send-error.ts'
import type { Limiter } from './uploads/limiter.ts'
import type { ContentSource } from './uploads/open-content.ts'
import { putContent } from './uploads/put-content.ts'
import type { UnsentItem } from './uploads/unsent.ts'

/**
 * Uploads the files of a run folder's `files/` beside everything else: those of policy `now` when the journal names them,
 * `live` ones then and whenever they have changed, `end` ones and the standard files when the run ends. A file that is
 * missing or that the server does not want is no error.
 */
export interface RunFileQueue {
  /** Takes in what the journal names. */
  add(files: readonly FilesItem[]): void
  /** Looks for `live` files that have changed. */
  addChanged(): Promise<void>
  /** The run has ended: takes in whatever is still to come. */
  addLast(): void
  /** Begins, now that the run is known to the server. */
  start(address: RunAddress): void
  /** Names of files uploaded since the last call. */
  takeUploaded(): string[]
  readonly unsent: readonly UnsentItem[]
  readonly isIdle: boolean
  /** Files that need no second upload; kept in `sync.json`. */
  readonly doneNames: readonly string[]
  /** Files that were not taken; kept in `sync.json`. */
  readonly failedNames: readonly string[]
  readonly sentCount: number
  readonly sentBytes: number
  /** Resolves when nothing is being uploaded any more. */
  settled(): Promise<void>
}

export interface CreateRunFileQueueOptions {
  readonly runDirectory: string
  /** Makes the text of a file that only the journal has; undefined where it has none. */
  textOf(name: string): Promise<string | undefined>
  readonly graphql: GraphqlOptions
  readonly limit: Limiter
  readonly isInProcess: boolean
  /** Unix patterns of paths, relative to `files/`, that are not uploaded. */
  readonly ignoreGlobs: readonly string[]
  readonly doneNames: readonly string[]
  /** Files that an earlier sender could not upload. */
  readonly failedNames: readonly string[]
  /** Whether those are tried again. */
  readonly retriesFailed: boolean
  onChange(): void
  /** Told of each file that could not be uploaded. */
  onFailure(name: string, error: SendError): void
}

const standardFiles = ['config.yaml', 'output.log', 'requirements.txt', 'wandb-metadata.json', 'wandb-summary.json']
// Names in one question, and the bytes of a file's name are bounded, so the question stays below any limit.
const namesPerRequest = 200
const sizedFilesMax = 100

interface WaitingFile {
  readonly name: string
  /** Whether it counts as uploaded for good afterwards. */
  readonly isLast: boolean
}

interface Content {
  readonly source: ContentSource
  readonly bytes: number
  /** Changes when the file does. */
  readonly fingerprint: string
}

export function createRunFileQueue(options: CreateRunFileQueueOptions): RunFileQueue {
  const { runDirectory, textOf, graphql, limit, isInProcess } = options
  const isIgnored = createPathMatcher(options.ignoreGlobs)
  const done = new Set(options.doneNames)
  const failed = new Set(options.failedNames)
  /** Left alone, and still known as failed: somebody else may try them again. */
  const givenUp = new Set(options.retriesFailed ? [] : options.failedNames)
  const waiting = new Map<string, WaitingFile>()
  const sending = new Map<string, { readonly name: string; bytes: number }>()
  const policies = new Map<string, FilesItem['policy']>()
  /** What `live` files were like when they were uploaded. */
  const fingerprints = new Map<string, string>()
  const uploaded: string[] = []
  let address: RunAddress | undefined
  let running: Promise<void> | undefined
  let sentCount = 0
  let sentBytes = 0

  function wait(name: string, isLast: boolean): void {
    if (done.has(name) || givenUp.has(name) || !isInside(name) || isIgnored(name)) return
    waiting.set(name, { name, isLast })
    pump()
  }

  function pump(): void {
    if (address === undefined || waiting.size === 0) return
    running ??= uploadWaiting(address).finally(() => {
      running = undefined
    })
  }

  async function uploadWaiting(to: RunAddress): Promise<void> {
    while (waiting.size > 0 && !graphql.signal.aborted) {
      const batch = [...waiting.values()].slice(0, namesPerRequest)
      for (const { name } of batch) {
        waiting.delete(name)
        sending.set(name, { name, bytes: 0 })
      }
      await uploadBatch(batch, to).catch((error: unknown) => {
        for (const file of batch) if (sending.has(file.name)) noteFailure(file, error)
      })
      for (const { name } of batch) sending.delete(name)
      options.onChange()
    }
  }

  async function uploadBatch(batch: readonly WaitingFile[], to: RunAddress): Promise<void> {
    const contents = new Map<string, Content>()
    for (const file of batch) {
      const content = await findContent(runDirectory, file.name, textOf)
      const isUnchanged = content !== undefined && fingerprints.get(file.name) === content.fingerprint
      // What is missing may come until a later sender looks; it has only been looked for.
      if (content === undefined) forget(file.name)
      else if (isUnchanged) settle(file)
      else contents.set(file.name, content)
      const item = sending.get(file.name)
      if (item !== undefined && content !== undefined) item.bytes = content.bytes
    }
    if (contents.size === 0) return
    const slots = await createRunFiles(to, [...contents.keys()], graphql)
    const due = batch.filter(({ name }) => contents.has(name))
    await Promise.all(due.map((file) => limit(() => uploadFile(file, contents.get(file.name) as Content, slots))))
  }

  async function uploadFile(file: WaitingFile, content: Content, { headers, urls }: UploadSlots): Promise<void> {
    const url = urls.get(file.name)
    if (url === undefined) return settle(file)
    const item = sending.get(file.name)
    const onBytes = (bytes: number): void => {
      sentBytes += bytes
      if (item !== undefined) item.bytes = Math.max(0, item.bytes - bytes)
      options.onChange()
    }
    try {
      await putContent({ url, headers, source: content.source, isInProcess, onBytes }, graphql)
    } catch (error) {
      // The rows matter more than a file: it is reported, and the rest goes on.
      noteFailure(file, error)
      return
    }
    fingerprints.set(file.name, content.fingerprint)
    uploaded.push(file.name)
    sentCount += 1
    settle(file)
  }

  function forget(name: string): void {
    sending.delete(name)
    failed.delete(name)
  }

  function settle({ name, isLast }: WaitingFile): void {
    forget(name)
    if (isLast) done.add(name)
  }

  function noteFailure(file: WaitingFile, error: unknown): void {
    if (error instanceof SendError && error.code === 'send-aborted') {
      waiting.set(file.name, file)
      return
    }
    settle(file)
    done.delete(file.name)
    failed.add(file.name)
    options.onFailure(file.name, error instanceof SendError ? error : unexpected(error))
  }

  return {
    add(files) {
      for (const { path = '', policy = 'now' } of files) {
        policies.set(path, policy)
        if (policy !== 'end') wait(path, policy === 'now')
      }
    },
    async addChanged() {
      for (const [name, policy] of policies) {
        if (policy !== 'live' || waiting.has(name) || sending.has(name) || failed.has(name)) continue
        const content = await findContent(runDirectory, name, textOf)
        if (content !== undefined && content.fingerprint !== fingerprints.get(name)) wait(name, false)
      }
    },
    addLast() {
      for (const [name, policy] of policies) if (policy !== 'now') wait(name, true)
      for (const name of standardFiles) if (!policies.has(name)) wait(name, true)
    },
    start(to) {
      address ??= to
      pump()
    },
    takeUploaded: () => uploaded.splice(0),
    get unsent() {
      const names = [...waiting.keys()].filter((name) => !sending.has(name))
      // Sizes are for people to read; a look at each of thousands of files is not worth it.
      const bytesOf = (name: string, index: number): number => (index < sizedFilesMax ? sizeOf(runDirectory, name) : 0)
      return [...sending.values(), ...names.map((name, index) => ({ name, bytes: bytesOf(name, index) }))]
    },
    get isIdle() {
      return waiting.size === 0 && sending.size === 0
    },
    get doneNames() {
      return [...done]
    },
    get failedNames() {
      return [...failed]
    },
    get sentCount() {
      return sentCount
    },
    get sentBytes() {
      return sentBytes
    },
    async settled() {
      while (running !== undefined) await running
    },
  }
}

/** The file, or what its content would be where only the journal has it. */
async function findContent(
  runDirectory: string,
  name: string,
  textOf: CreateRunFileQueueOptions['textOf'],
): Promise<Content | undefined> {
  const path = join(runDirectory, 'files', name)
  const file = await stat(path, { bigint: true }).catch(() => undefined)
  if (file?.isFile()) {
    const fingerprint = `${file.size} ${file.mtimeNs} ${file.ino}`
    const bytes = Number(file.size)
    return { source: { kind: 'file', path, bytes }, bytes, fingerprint }
  }
  const text = await textOf(name)
  if (text === undefined) return undefined
  return { source: { kind: 'text', text }, bytes: Buffer.byteLength(text), fingerprint: text }
}

function sizeOf(runDirectory: string, name: string): number {
  return statSync(join(runDirectory, 'files', name), { throwIfNoEntry: false })?.size ?? 0
}

/** A journal from elsewhere must not make us upload files from outside its folder. */
function isInside(name: string): boolean {
  return name !== '' && !isAbsolute(name) && normalize(name).split(sep)[0] !== '..'
}

function unexpected(cause: unknown): SendError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new SendError({ code: 'file-unreadable', message: reason, cause })
}
