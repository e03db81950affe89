import { constants } from 'node:fs'
import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { LosslineError } from '@lossline/protocol'
import { type ClaimedPart, claimPart } from './claim-part.ts'
import {
  type ContentHash,
  createContentHash,
  type ExpectedDigests,
  expectedDigest,
  hasExpectedDigest,
} from './content-hash.ts'
import { DownloadError } from './download-error.ts'

/** What a file is to be. */
export interface ExpectedContent extends ExpectedDigests {
  readonly sizeBytes: number | undefined
}

/** One file to download. */
export interface DownloadFileOptions {
  /** Absolute path; its folder exists. */
  readonly path: string
  /** Path in the artifact, for messages. */
  readonly name: string
  readonly expected: ExpectedContent
  /**
   * Asks for the content.
   *
   * @param range - Header of the request; undefined for all of it.
   * @param isRefused - Whether the last answer was a refusal, so that another address may help.
   */
  request(range: string | undefined, isRefused: boolean): Promise<Response>
  readonly signal: AbortSignal | undefined
  onBytes(count: number): void
}

// Failures in a row without a byte of progress; those with some begin anew.
const fruitlessCountMax = 5
const refusalCountMax = 2
const pauseMs = 200
const pauseMsMax = 5000

/**
 * Downloads a file to a name beside its own and gives it that when all of it is there with the right digest. What an
 * earlier try has left is gone on with. Several downloads of the same file do not disturb each other.
 *
 * @throws {@link DownloadError}; the errors of the file system; the signal's reason.
 */
export async function downloadFile(options: DownloadFileOptions): Promise<void> {
  const claim = await claimPart(options.path, options.expected)
  try {
    await downloadInto(claim, options)
  } finally {
    await claim.release()
  }
}

async function downloadInto(claim: ClaimedPart, options: DownloadFileOptions): Promise<void> {
  const { path, name, expected } = options
  const part = await openPart(claim, expected)
  try {
    const isResumed = part.length > 0
    await fill(part, options)
    let digest = part.hash.base64()
    if (isResumed && !isExpected(part.length, digest, expected)) {
      // What was there belonged to something else.
      await part.restart()
      await fill(part, options)
      digest = part.hash.base64()
    }
    await part.handle.close()
    if (!isExpected(part.length, digest, expected)) {
      await rm(claim.path, { force: true })
      throw damaged(name, part.length, digest, expected)
    }
    await giveName(claim.path, path, expected)
  } finally {
    // A second closing does nothing.
    await part.handle.close().catch(() => {})
  }
}

/** Renames a part that is whole. One that somebody has removed is no loss if the file is there. */
async function giveName(partPath: string, path: string, expected: ExpectedContent): Promise<void> {
  try {
    await rename(partPath, path)
  } catch (error) {
    const isMissing = error instanceof Error && 'code' in error && error.code === 'ENOENT'
    if (!isMissing || !(await hasExpectedDigest(path, expected))) throw error
  }
}

/** The file that is being filled, and the digest of what is in it. */
interface Part {
  readonly handle: FileHandle
  length: number
  hash: ContentHash
  restart(): Promise<void>
}

async function openPart({ path, isResumable }: ClaimedPart, expected: ExpectedContent): Promise<Part> {
  const { sizeBytes } = expected
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT)
  const part: Part = {
    handle,
    length: 0,
    hash: createContentHash(expected),
    async restart() {
      await handle.truncate(0)
      part.length = 0
      part.hash = createContentHash(expected)
    },
  }
  if (!isResumable) return part
  const { size } = await handle.stat()
  if (sizeBytes !== undefined && size > sizeBytes) await part.restart()
  else await readIn(part, size)
  return part
}

async function readIn(part: Part, size: number): Promise<void> {
  const buffer = Buffer.allocUnsafe(Math.min(size, 2 ** 20))
  while (part.length < size) {
    const { bytesRead } = await part.handle.read(buffer, 0, buffer.length, part.length)
    if (bytesRead === 0) return
    part.hash.update(buffer.subarray(0, bytesRead))
    part.length += bytesRead
  }
}

/** Asks for what is missing until it is there. */
async function fill(part: Part, options: DownloadFileOptions): Promise<void> {
  const { name, expected, signal } = options
  let fruitlessCount = 0
  let refusalCount = 0
  for (;;) {
    signal?.throwIfAborted()
    if (part.length > 0 && part.length === expected.sizeBytes) return
    const before = part.length
    let failure: unknown
    try {
      const range = part.length === 0 ? undefined : `bytes=${part.length}-`
      const response = await options.request(range, refusalCount > 0)
      const outcome = await take(part, response, options)
      if (outcome === 'complete') return
      if (outcome === 'refused') refusalCount += 1
      failure = `the server answered ${response.status}`
      if (outcome === 'missing' || refusalCount > refusalCountMax) throw failed(name, failure, undefined)
    } catch (error) {
      signal?.throwIfAborted()
      if (isFinal(error)) throw error
      failure = error
    }
    fruitlessCount = part.length > before ? 0 : fruitlessCount + 1
    if (fruitlessCount > fruitlessCountMax) throw failed(name, failure, failure)
    // It is only the signal that ends a pause early, and the next round throws its reason.
    const early = signal === undefined ? {} : { signal }
    await sleep(Math.min(pauseMsMax, pauseMs * 2 ** fruitlessCount), undefined, early).catch(() => {})
  }
}

type Outcome = 'complete' | 'cut-off' | 'refused' | 'missing' | 'again'

/** Appends an answer to the part. */
async function take(part: Part, response: Response, options: DownloadFileOptions): Promise<Outcome> {
  const { expected } = options
  if (response.status === 416) {
    await response.body?.cancel()
    await part.restart()
    return 'again'
  }
  if (!response.ok) {
    await response.body?.cancel()
    if ([401, 403, 410].includes(response.status)) return 'refused'
    return response.status >= 500 || [408, 409, 425, 429].includes(response.status) ? 'again' : 'missing'
  }
  const isContinued =
    response.status === 206 && response.headers.get('content-range')?.startsWith(`bytes ${part.length}-`)
  if (!isContinued && part.length > 0) await part.restart()
  const gathered = gather(part, options.onBytes)
  try {
    for await (const bytes of response.body ?? []) {
      await gathered.add(bytes)
      // No more of it can be right.
      if (expected.sizeBytes !== undefined && part.length + gathered.length > expected.sizeBytes) break
    }
  } finally {
    // What came before a connection broke is kept.
    await gathered.flush()
  }
  return expected.sizeBytes === undefined || part.length >= expected.sizeBytes ? 'complete' : 'cut-off'
}

// A network hands over some 16 KiB at a time; writing each of them alone would take longer than the copying.
const gatheredBytesMax = 2 ** 19

/** Gathers pieces into larger writes. */
function gather(part: Part, onBytes: (count: number) => void) {
  let pieces: Uint8Array[] = []
  let length = 0

  async function flush(): Promise<void> {
    if (length === 0) return
    const bytes = pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces, length)
    pieces = []
    length = 0
    await writeAt(part, bytes)
    onBytes(bytes.length)
  }

  return {
    flush,
    /** Bytes that are not written yet. */
    get length() {
      return length
    },
    async add(bytes: Uint8Array): Promise<void> {
      pieces.push(bytes)
      length += bytes.length
      if (length >= gatheredBytesMax) await flush()
    },
  }
}

async function writeAt(part: Part, bytes: Uint8Array): Promise<void> {
  for (let offset = 0; offset < bytes.length; ) {
    offset += (await part.handle.write(bytes, offset, bytes.length - offset, part.length + offset)).bytesWritten
  }
  part.hash.update(bytes)
  part.length += bytes.length
}

/** Whether trying again is of no use: a refusal in our own words, or the disk. */
function isFinal(error: unknown): boolean {
  if (LosslineError.isInstance(error)) return true
  return error instanceof Error && 'syscall' in error && 'errno' in error && !isNetworkError(error)
}

function isNetworkError(error: Error): boolean {
  return 'code' in error && /^(ECONN|EPIPE|ETIMEDOUT|EHOST|ENET|EAI_|ENOTFOUND|UND_ERR)/.test(String(error.code))
}

function isExpected(sizeBytes: number, digest: string, expected: ExpectedContent): boolean {
  if (expected.sizeBytes !== undefined && expected.sizeBytes !== sizeBytes) return false
  const wanted = expectedDigest(expected)
  return wanted === undefined || wanted === digest
}

function damaged(name: string, sizeBytes: number, digest: string, expected: ExpectedContent): DownloadError {
  return new DownloadError({
    code: 'download-damaged',
    message:
      sizeBytes > (expected.sizeBytes ?? sizeBytes)
        ? `"${name}" is larger than the ${expected.sizeBytes} bytes with which it was logged.`
        : `"${name}" came with ${sizeBytes} bytes and the digest ${digest}, not with ${expected.sizeBytes} bytes and ${expectedDigest(expected)}.`,
    hint: 'Download it again. If that does not help, the server or the reference has other content than was logged.',
  })
}

function failed(name: string, reason: unknown, cause: unknown): DownloadError {
  const text = reason instanceof Error ? String(reason.cause ?? reason.message) : String(reason)
  return new DownloadError({
    code: 'download-failed',
    message: `"${name}" was not downloaded: ${text}.`,
    hint: 'Download again: it goes on where it stopped.',
    ...(cause === undefined ? {} : { cause }),
  })
}

/** Whether there is a file of that size at a path. */
export async function hasSize(path: string, sizeBytes: number): Promise<boolean> {
  try {
    const stats = await stat(path)
    return stats.isFile() && stats.size === sizeBytes
  } catch {
    return false
  }
}
