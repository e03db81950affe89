import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { logArtifact } from './artifact-client.ts'
import { uploadRunFile } from './run-file-client.ts'
import { toStartedClient } from './started-client.ts'
import { historyLines } from './test-server.ts'

/** A file system in memory can be mounted without being root where user namespaces are allowed: on most Linuxes. */
const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'tmpfs', '/mnt']).status === 0

const serveScript = fileURLToPath(new URL('./scripts/serve.ts', import.meta.url))

interface SmallDisk extends AsyncDisposable {
  readonly url: string
  /** The folder as this process sees it: the mount is the server's alone. */
  readonly path: string
}

/** Serves a folder on a disk of 24 MB, of which 16 are taken by the file `ballast`. */
async function serveOnSmallDisk(folder: string): Promise<SmallDisk> {
  mkdirSync(folder)
  const nodeArgs = ['--conditions=source', '--disable-warning=ExperimentalWarning', serveScript, folder]
  const script = `mount -t tmpfs -o size=24m tmpfs "$0" && head -c 16000000 /dev/zero > "$0/ballast" && exec "$@"`
  const child = spawn('unshare', ['-rm', 'sh', '-c', script, folder, process.execPath, ...nodeArgs])
  const url = await firstLine(child)
  return {
    url,
    path: `/proc/${child.pid}/root${folder}`,
    async [Symbol.asyncDispose]() {
      const gone = new Promise((resolve) => child.once('close', resolve))
      child.kill('SIGKILL')
      await gone
    },
  }
}

function firstLine(child: ChildProcess): Promise<string> {
  let output = ''
  return new Promise((resolve, reject) => {
    child.stdout!.on('data', (part) => {
      output += part
      if (output.includes('\n')) resolve(output.trim().replace('listening on ', ''))
    })
    child.stderr!.on('data', (part) => {
      output += part
    })
    child.once('close', () => reject(new Error(`The server did not start: ${output}`)))
  })
}

/** A refusal in the middle of a body ends the connection, which some see before they see the answer: all clients try again. */
async function tryAgain<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work()
    } catch (error) {
      if (attempt === 5 || !(error instanceof TypeError)) throw error
    }
  }
}

test.skipIf(!canMount)(
  'a disk that is really full: 507 for rows, mutations and uploads; all that was acknowledged stays; it goes on by itself',
  async () => {
    await using directory = await openTemporaryDirectory()
    await using disk = await serveOnSmallDisk(directory.join('data'))
    const client = toStartedClient({ url: disk.url, dataDirectory: disk.path })
    await client.upsert('r1')
    await uploadRunFile(client, 'r1', 'kept.txt', 'kept')
    let rowCount = 0
    const append = async (): Promise<number> => {
      const rows = Array.from({ length: 500 }, (_, i) => ({ loss: Math.sin(rowCount + i), note: 'x'.repeat(200) }))
      const files = { 'wandb-history.jsonl': { offset: rowCount, content: historyLines(rowCount, rows) } }
      const { status } = await client.stream('r1', { files })
      if (status === 200) rowCount += 500
      return status
    }
    const upload = async (name: string): Promise<number> => {
      const error = await tryAgain(() => uploadRunFile(client, 'r1', name, Buffer.alloc(4_000_000, name))).catch(
        (e: Error) => e,
      )
      return error instanceof Error ? Number(/: (\d{3}) /.exec(error.message)?.[1]) : 200
    }
    let status = await append()
    while (status === 200 && rowCount < 1_000_000) status = await append()
    expect(status).toBe(507)
    expect(await upload('large.bin')).toBe(507)
    const mutation = await client.post('/graphql', {
      query: 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }',
      variables: { input: { name: 'r2', modelName: 'demo', notes: 'y'.repeat(500_000) } },
    })
    expect([mutation.status, await mutation.json()]).toMatchObject([
      507,
      { errors: [{ extensions: { code: 'full' } }] },
    ])
    await expect(tryAgain(() => logArtifact(client, { files: { a: 'z'.repeat(3_000_000) } }))).rejects.toThrow(/507/)
    // Reading works meanwhile, and a half file is not there.
    expect(await client.readRunFile('r1', 'kept.txt')).toEqual(Buffer.from('kept'))
    expect(await client.readRunFile('r1', 'large.bin')).toBeUndefined()
    const lineCount = async (): Promise<number> => {
      const { run } = (await (await client.request('/api/runs/local/demo/r1')).json()) as {
        run: { historyLineCount: number }
      }
      return run.historyLineCount
    }
    expect(await lineCount()).toBe(rowCount)

    rmSync(`${disk.path}/ballast`)
    expect(await append()).toBe(200)
    expect(await upload('large.bin')).toBe(200)
    await client.upsert('r2')
    await logArtifact(client, { files: { a: 'z'.repeat(3_000_000) } })
    expect(await lineCount()).toBe(rowCount)
    expect((await client.readRunFile('r1', 'large.bin'))?.length).toBe(4_000_000)
    expect((await client.collectGarbage()).leftovers.count).toBe(0)
  },
)
