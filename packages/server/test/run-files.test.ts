import { writeFile } from 'node:fs/promises'
import { openSqliteStore } from '@lossline/store'
import { openTemporaryDirectory } from '@lossline/testing'
import { unzipSync } from 'fflate'
import { expect, test, vi } from 'vitest'
import { createMemoryRunFiles } from '../src/files/memory-run-files.ts'
import { sendZip, type ZippedFile } from '../src/http/send-zip.ts'
import { createServer, type LosslineServer, type RunFiles, systemClock } from '../src/index.ts'

interface Served extends AsyncDisposable {
  readonly server: LosslineServer
  /** Contents that were opened. */
  readonly reads: string[]
  readonly files: RunFiles
  ask<T>(query: string): Promise<T>
  get(url: string, init?: RequestInit): Promise<Response>
  link(kind: 'directUrl' | 'uploadUrl', name: string): Promise<string>
}

/** A server with the run `local/demo/r1`. */
async function serve(): Promise<Served> {
  const store = await openSqliteStore({ path: ':memory:' })
  const inner = createMemoryRunFiles(systemClock)
  const reads: string[] = []
  const files: RunFiles = {
    ...inner,
    async get(run, name) {
      const found = await inner.get(run, name)
      if (found === undefined) return undefined
      return {
        ...found,
        read(range) {
          reads.push(name)
          return found.read(range)
        },
      }
    },
  }
  const server = createServer({ store, files })
  await store.write([{ kind: 'put-run', at: { entity: 'local', project: 'demo', runId: 'r1' }, nowMs: 0, change: {} }])
  const ask = async <T>(query: string): Promise<T> => {
    const body = JSON.stringify({ query })
    const response = await server.fetch(new Request('http://127.0.0.1/graphql', { method: 'POST', body }))
    return (await response.json()) as T
  }
  return {
    server,
    files,
    reads,
    ask,
    get: (url, init) => server.fetch(new Request(url, init)),
    async link(kind, name) {
      const answer = await ask<{
        data: { project: { run: { files: { edges: { node: Record<string, string> }[] } } } }
      }>(`{ project(name: "demo") { run(name: "r1") { files(names: ["${name}"]) { edges { node { ${kind} } } } } } }`)
      return answer.data.project.run.files.edges[0]!.node[kind]!
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await store.close()
    },
  }
}

test('a named file that is not there is refused, and the next upload works', async () => {
  await using directory = await openTemporaryDirectory()
  await using test = await serve()
  await writeFile(directory.join('there.txt'), 'content')
  const put = async (name: string) =>
    test.server.fetchInProcess(
      new Request(await test.link('uploadUrl', name), {
        method: 'PUT',
        headers: { 'x-lossline-source': encodeURIComponent(directory.join(name)) },
      }),
    )
  expect((await put('missing.txt')).status).toBe(400)
  expect((await put('.')).status).toBe(400)
  expect((await put('there.txt')).status).toBe(200)
  expect(await (await test.get(await test.link('directUrl', 'there.txt'))).text()).toBe('content')
})

test('a file is served in parts, with a tag, and is not opened when only asked about', async () => {
  await using test = await serve()
  const upload = await test.link('uploadUrl', 'media/a b.txt')
  expect((await test.get(upload, { method: 'PUT', body: '0123456789' })).status).toBe(200)
  const url = await test.link('directUrl', 'media/a b.txt')
  const head = await test.get(url, { method: 'HEAD' })
  expect([head.status, head.headers.get('content-length'), test.reads]).toEqual([200, '10', []])
  const tag = head.headers.get('etag') ?? ''
  expect((await test.get(url, { headers: { 'if-none-match': tag } })).status).toBe(304)
  const part = await test.get(url, { headers: { range: 'bytes=2-4', 'if-range': tag } })
  expect([part.status, part.headers.get('content-range'), await part.text()]).toEqual([206, 'bytes 2-4/10', '234'])
  expect((await test.get(url, { headers: { range: 'bytes=10-' } })).status).toBe(416)
  expect(part.headers.get('content-security-policy')).toBe("default-src 'none'; frame-ancestors 'none'; sandbox")
  await test.get(upload, { method: 'PUT', body: 'other' })
  const again = await test.get(url, { headers: { range: 'bytes=2-4', 'if-range': tag } })
  expect([again.status, await again.text()]).toEqual([200, 'other'])
})

test('files are deleted of runs that are there, by ids of a sane length', async () => {
  await using test = await serve()
  await test.get(await test.link('uploadUrl', 'a'), { method: 'PUT', body: 'x' })
  const remove = (id: string) =>
    test.ask<{ errors?: { message: string }[] }>(
      `mutation { deleteFiles(input: { files: [${JSON.stringify(id)}] }) { success } }`,
    )
  expect((await remove('7/a')).errors?.[0]?.message).toContain('gone')
  expect((await remove(`1/${'a'.repeat(10_000)}`)).errors?.[0]?.message).toContain('No file has the id')
  expect((await remove(`${'9'.repeat(30)}/a`)).errors?.[0]?.message).toContain('No file has the id')
  expect(await test.files.list(1)).toHaveLength(1)
  expect((await remove('1/a')).errors).toBeUndefined()
  expect(await test.files.list(1)).toEqual([])
})

test('a pattern of many wildcards does not hang the server', async () => {
  await using test = await serve()
  await test.get(await test.link('uploadUrl', 'a'.repeat(200)), { method: 'PUT', body: 'x' })
  const answer = await test.ask<{ data: { project: { run: { files: { edges: object[] } } } } }>(
    `{ project(name: "demo") { run(name: "r1") { files(pattern: "${'%a'.repeat(60)}b") { edges { node { name } } } } } }`,
  )
  expect(answer.data.project.run.files.edges).toEqual([])
})

test('all files come as one archive, none of whose names leads out of its folder', async () => {
  await using test = await serve()
  const run = 1
  async function* text(content: string) {
    yield new TextEncoder().encode(content)
  }
  await test.files.put(run, 'media/ü.txt', text('one'))
  await test.files.put(run, '../../outside.txt', text('two'))
  await test.files.put(run, 'C:\\windows.txt', text('three'))
  const response = await test.get('http://127.0.0.1/api/runs/local/demo/r1/zip')
  expect(response.headers.get('content-disposition')).toMatch(/r1-files\.zip/)
  const unpacked = unzipSync(new Uint8Array(await response.arrayBuffer()))
  const texts = Object.entries(unpacked).map(([name, bytes]) => [name, new TextDecoder().decode(bytes)])
  expect(Object.fromEntries(texts)).toEqual({
    'media/ü.txt': 'one',
    '__/__/outside.txt': 'two',
    'C_/windows.txt': 'three',
  })
})

test('an archive that nobody reads to its end lets go of the file that it was at', async () => {
  let isClosed = false
  const endless = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(new Uint8Array(1000)),
    cancel: () => {
      isClosed = true
    },
  })
  async function* files(): AsyncGenerator<ZippedFile> {
    yield { name: 'endless.bin', modifiedAtMs: 0, read: async () => endless }
  }
  const reader = sendZip('all.zip', files()).body!.getReader()
  for (let i = 0; i < 3; i++) await reader.read()
  await reader.cancel()
  await vi.waitFor(() => expect(isClosed).toBe(true))
})
