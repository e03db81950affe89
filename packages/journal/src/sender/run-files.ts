import { openAsBlob } from 'node:fs'
import { stat } from 'node:fs/promises'
import { isAbsolute, join, normalize, sep } from 'node:path'
import { type FilesItem, type RunState, stringifyJson, toWireEnvironment } from '@lossline/protocol'
import type { GraphqlOptions } from './graphql.ts'
import { sendRequest } from './http-client.ts'
import { uploadPolicy } from './retry-policy.ts'
import { createRunFiles, type RunAddress } from './run-api.ts'
import { SendError } from './send-error.ts'

/** Uploads the files of a run folder's `files/`. */
export interface RunFileUploader {
  /** Files that need no second upload; kept in `sync.json`. */
  readonly uploadedFiles: readonly string[]
  /**
   * Uploads what is due: files of policy `now` and `live` once, and at the end those of `end` and `live` and the standard
   * files. Returns the names. A file that is missing or that the server does not want is no error.
   */
  uploadDue(state: RunState, address: RunAddress, isEnd: boolean): Promise<string[]>
}

const standardFiles = ['config.yaml', 'output.log', 'requirements.txt', 'wandb-metadata.json', 'wandb-summary.json']
// Names in one question, and the bytes of a file's name are bounded, so the question stays below any limit.
const namesPerRequest = 200

/** Makes the uploader of a run folder. */
export function createRunFileUploader(options: {
  readonly runDirectory: string
  readonly uploadedFiles: readonly string[]
  readonly graphql: GraphqlOptions
  /** Told of each file that could not be uploaded. */
  onFailure(name: string, error: SendError): void
}): RunFileUploader {
  const done = new Set(options.uploadedFiles)
  // `live` files that were uploaded once and will be again at the end.
  const early = new Set<string>()
  let isSupported = true

  function isDue({ path = '', policy = 'now' }: FilesItem, isEnd: boolean): boolean {
    if (done.has(path)) return false
    if (isEnd) return true
    return policy === 'now' || (policy === 'live' && !early.has(path))
  }

  async function upload(names: readonly string[], state: RunState, address: RunAddress): Promise<string[]> {
    const contents = new Map<string, Blob>()
    for (const name of names) {
      const content = await readContent(options.runDirectory, name, state)
      if (content !== undefined) contents.set(name, content)
    }
    if (contents.size === 0) return []
    const slots = await createRunFiles(address, [...contents.keys()], options.graphql)
    const uploaded: string[] = []
    for (const [name, body] of contents) {
      const url = slots.urls.get(name)
      if (url === undefined) continue
      try {
        await sendRequest({ method: 'PUT', url, headers: slots.headers, body }, uploadPolicy, options.graphql)
        uploaded.push(name)
      } catch (error) {
        if (!(error instanceof SendError) || error.code === 'send-aborted') throw error
        // The rows matter more than a file: it is reported, and the rest goes on.
        options.onFailure(name, error)
      }
    }
    return uploaded
  }

  return {
    get uploadedFiles() {
      return [...done]
    },
    async uploadDue(state, address, isEnd) {
      if (!isSupported) return []
      const policies = new Map(state.files.map((file) => [file.path ?? '', file]))
      const due = new Set(state.files.filter((file) => isDue(file, isEnd)).map(({ path = '' }) => path))
      if (isEnd) for (const name of standardFiles) if (!done.has(name)) due.add(name)
      const names = [...due].filter(isInside)
      const uploaded: string[] = []
      try {
        for (let index = 0; index < names.length; index += namesPerRequest) {
          uploaded.push(...(await upload(names.slice(index, index + namesPerRequest), state, address)))
        }
      } catch (error) {
        if (!(error instanceof SendError) || error.code !== 'server-refused') throw error
        isSupported = false
        options.onFailure('files', error)
      }
      for (const name of names) {
        if (isEnd || (policies.get(name)?.policy ?? 'now') === 'now') done.add(name)
        else early.add(name)
      }
      return uploaded
    },
  }
}

/** The file, or what its content would be where only the journal has it. */
async function readContent(runDirectory: string, name: string, state: RunState): Promise<Blob | undefined> {
  const path = join(runDirectory, 'files', name)
  const file = await stat(path).catch(() => undefined)
  if (file?.isFile()) return openAsBlob(path)
  if (name === 'wandb-summary.json') return new Blob([`${state.summaryJson()}\n`])
  if (name === 'wandb-metadata.json' && state.environment !== undefined) {
    return new Blob([`${stringifyJson(toWireEnvironment(state.environment))}\n`])
  }
  return undefined
}

/** A journal from elsewhere must not make us upload files from outside its folder. */
function isInside(name: string): boolean {
  return name !== '' && !isAbsolute(name) && normalize(name).split(sep)[0] !== '..'
}
