import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { createXxh128 } from '@lossline/protocol'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { copyContent } from '../src/artifacts/download/copy-content.ts'
import { downloadFile } from '../src/artifacts/download/download-file.ts'
import { toLocalName } from '../src/artifacts/download/local-name.ts'
import { openDownloadPlace } from '../src/artifacts/download/open-download-place.ts'

const content = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251))
const expected = { md5Base64: createHash('md5').update(content).digest('base64'), sizeBytes: content.length }

type Answer = (request: IncomingMessage, response: ServerResponse) => void

/** A server that answers with the steps in turn, the last one for ever; and a file to download from it. */
async function openDownload(...steps: Answer[]) {
  const directory = await openTemporaryDirectory()
  const ranges: (string | undefined)[] = []
  const refusals: boolean[] = []
  const server = createServer((request, response) => {
    const step = steps[Math.min(ranges.length, steps.length - 1)]
    ranges.push(request.headers.range)
    step?.(request, response)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const path = directory.join('data.bin')
  return {
    path,
    ranges,
    refusals,
    files: () => readdirSync(directory.path),
    download: (signal?: AbortSignal) =>
      downloadFile({
        path,
        name: 'data.bin',
        expected,
        signal,
        onBytes: () => {},
        request(range, isRefused) {
          refusals.push(isRefused)
          return fetch(url, range === undefined ? {} : { headers: { range } })
        },
      }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

/** All of it, or from where it is asked for. */
const serve: Answer = (request, response) => {
  const start = Number(/^bytes=(\d+)-$/.exec(request.headers.range ?? '')?.[1] ?? 0)
  if (start > 0) {
    response.writeHead(206, { 'content-range': `bytes ${start}-${content.length - 1}/${content.length}` })
  }
  response.end(content.subarray(start))
}

/** All of it is promised, and the connection breaks in the middle. */
const breakOff: Answer = (_request, response) => {
  response.writeHead(200, { 'content-length': String(content.length) })
  response.write(content.subarray(0, 40_000), () => setTimeout(() => response.destroy(), 20))
}

const answer =
  (status: number): Answer =>
  (_request, response) => {
    response.writeHead(status)
    response.end()
  }

describe('a download', () => {
  test('that breaks off goes on where it stopped', async () => {
    await using one = await openDownload(breakOff, serve)
    await one.download()
    expect(readFileSync(one.path).equals(content)).toBe(true)
    expect(one.ranges).toEqual([undefined, 'bytes=40000-'])
    expect(one.files()).toEqual(['data.bin'])
  })

  test('of a server that knows no ranges begins anew', async () => {
    await using one = await openDownload(breakOff, (_request, response) => response.end(content))
    await one.download()
    expect(readFileSync(one.path).equals(content)).toBe(true)
  })

  test('that was given up is gone on with by the next one', async () => {
    await using one = await openDownload(breakOff, answer(404), serve)
    await expect(one.download()).rejects.toMatchObject({ code: 'download-failed' })
    expect(existsSync(one.path)).toBe(false)
    await one.download()
    expect(one.ranges).toEqual([undefined, 'bytes=40000-', 'bytes=40000-'])
    expect(readFileSync(one.path).equals(content)).toBe(true)
    expect(one.files()).toEqual(['data.bin'])
  })

  test('whose address has expired asks for another', async () => {
    await using one = await openDownload(answer(403), serve)
    await one.download()
    expect(one.refusals).toEqual([false, true])
    expect(readFileSync(one.path).equals(content)).toBe(true)
  })

  test('that is refused again and again ends', async () => {
    await using one = await openDownload(answer(401))
    await expect(one.download()).rejects.toMatchObject({ code: 'download-failed' })
    expect(one.ranges).toHaveLength(3)
    expect(one.files()).not.toContain('data.bin')
  })

  test('is tried again while the server has a bad time', async () => {
    await using one = await openDownload(answer(503), answer(429), serve)
    await one.download()
    expect(readFileSync(one.path).equals(content)).toBe(true)
  })

  test('that goes on beyond its size is read no further', async () => {
    let isClosed = (): void => {}
    const closed = new Promise<void>((resolve) => {
      isClosed = resolve
    })
    // It would never end.
    await using parts = await openDownload((_request, response) => {
      response.once('close', isClosed)
      const write = (): void => {
        while (response.write(content));
      }
      response.on('drain', write)
      write()
    })
    await expect(parts.download()).rejects.toMatchObject({
      code: 'download-damaged',
      message: '"data.bin" is larger than the 100000 bytes with which it was logged.',
    })
    await closed
    expect(parts.files()).toEqual([])
  })

  test('with other content is an error, and leaves no file', async () => {
    await using one = await openDownload((_request, response) => response.end(Buffer.alloc(content.length)))
    await expect(one.download()).rejects.toMatchObject({
      code: 'download-damaged',
      message: expect.stringContaining('data.bin'),
    })
    expect(one.files()).toEqual([])
  })

  test('whose beginning was damaged on disk is fetched anew', async () => {
    await using one = await openDownload(breakOff, answer(404), serve)
    await expect(one.download()).rejects.toThrow()
    const [part = ''] = one.files()
    const partPath = join(dirname(one.path), part)
    const damaged = readFileSync(partPath)
    damaged.fill(1, 0, 10)
    writeFileSync(partPath, damaged)
    await one.download()
    expect(readFileSync(one.path).equals(content)).toBe(true)
  })

  test('can be given up', async () => {
    await using one = await openDownload(() => {})
    const controller = new AbortController()
    const downloading = downloadFile({
      path: one.path,
      name: 'data.bin',
      expected,
      signal: controller.signal,
      onBytes: () => {},
      request: () =>
        new Promise((_resolve, reject) =>
          controller.signal.addEventListener('abort', () => reject(controller.signal.reason)),
        ),
    })
    controller.abort(new Error('enough'))
    await expect(downloading).rejects.toThrow('enough')
    expect(existsSync(one.path)).toBe(false)
  })
})

describe('several downloads at once', () => {
  /** Two contents of one length, from a server that sends each in two halves, the second one when both were asked for. */
  async function openHalves() {
    const directory = await openTemporaryDirectory()
    const contents = [content, Buffer.from(content.toReversed())]
    const waiting: (() => void)[] = []
    const server = createServer((request, response) => {
      const bytes = contents[Number(request.url?.slice(1))] ?? Buffer.alloc(0)
      response.writeHead(200, { 'content-length': String(bytes.length) })
      response.write(bytes.subarray(0, 50_000))
      waiting.push(() => response.end(bytes.subarray(50_000)))
      if (waiting.length === 2) for (const end of waiting.splice(0)) end()
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as AddressInfo
    return {
      directory,
      contents,
      files: () => readdirSync(directory.path),
      download: (name: string, index: number, isKnown: boolean) =>
        downloadFile({
          path: directory.join(name),
          name,
          expected: isKnown
            ? {
                md5Base64: createHash('md5')
                  .update(contents[index] ?? '')
                  .digest('base64'),
                sizeBytes: content.length,
              }
            : { md5Base64: undefined, sizeBytes: undefined },
          signal: undefined,
          onBytes: () => {},
          request: () => fetch(`http://127.0.0.1:${port}/${index}`),
        }),
      async [Symbol.asyncDispose]() {
        server.closeAllConnections()
        server.close()
        await directory[Symbol.asyncDispose]()
      },
    }
  }

  test.each([
    ['known', true],
    ['unknown', false],
  ])('of one file with a digest that is %s both give it', async (_, isKnown) => {
    await using halves = await openHalves()
    await Promise.all([halves.download('data.bin', 0, isKnown), halves.download('data.bin', 0, isKnown)])
    expect(readFileSync(halves.directory.join('data.bin')).equals(content)).toBe(true)
    expect(halves.files()).toEqual(['data.bin'])
  })

  test('of files whose long names begin alike give each its own content', async () => {
    await using halves = await openHalves()
    const names = ['a', 'b'].map((end) => `${'x'.repeat(240)}${end}`) as [string, string]
    await Promise.all(names.map((name, index) => halves.download(name, index, false)))
    for (const [index, name] of names.entries()) {
      expect(readFileSync(halves.directory.join(name)).equals(halves.contents[index] ?? Buffer.alloc(0))).toBe(true)
    }
    expect(halves.files().sort()).toEqual(names)
  })
})

test('a name that is as long as the file system allows is downloaded', async () => {
  await using directory = await openTemporaryDirectory()
  const path = directory.join('日'.repeat(85))
  await downloadFile({
    path,
    name: 'long',
    expected,
    signal: undefined,
    onBytes: () => {},
    request: async () => new Response(content),
  })
  expect(readFileSync(path).equals(content)).toBe(true)
})

test('what a process that has ended was downloading is gone on with', async () => {
  await using one = await openDownload(breakOff, answer(404), serve)
  await expect(one.download()).rejects.toThrow()
  const [part = ''] = one.files()
  const child = spawnSync(process.execPath, ['-e', ''])
  const lockPath = join(dirname(one.path), part.replace('.part', '.lock'))
  writeFileSync(lockPath, JSON.stringify({ pid: child.pid, host: hostname(), startedAtMs: 0 }))
  await one.download()
  expect(one.ranges.at(-1)).toBe('bytes=40000-')
  expect(one.files()).toEqual(['data.bin'])
})

test('what another process is downloading is left to it', async () => {
  await using one = await openDownload(breakOff, answer(404), serve)
  await expect(one.download()).rejects.toThrow()
  const [part = ''] = one.files()
  const lock = part.replace('.part', '.lock')
  writeFileSync(join(dirname(one.path), lock), JSON.stringify({ pid: 1, host: 'another machine', startedAtMs: 0 }))
  await one.download()
  expect(one.ranges.at(-1)).toBeUndefined()
  expect(readFileSync(one.path).equals(content)).toBe(true)
  expect(one.files().sort()).toEqual([lock, part, 'data.bin'].sort())
})

test.each(['shared', 'copied'])('a content whose blocks are %s can be written to', async (kind) => {
  await using directory = await openTemporaryDirectory()
  const [source, target] = [directory.join('source'), directory.join('target')]
  writeFileSync(source, content, { mode: 0o444 })
  writeFileSync(directory.join('new'), '')
  // Few file systems share blocks; like those that do, a copy takes over the mode.
  const clone = async (from: string, to: string) => {
    if (kind === 'copied') throw new Error('not on this file system')
    copyFileSync(from, to)
  }
  expect(await copyContent(source, target, expected, { clone })).toBe(true)
  expect(statSync(target).mode).toBe(statSync(directory.join('new')).mode)
  expect(readFileSync(target).equals(content)).toBe(true)
})

describe('names from a server', () => {
  test.each(['../outside', 'a/../../outside', '/etc/passwd', 'a/./b', '', 'C:/windows', '..\\outside'])(
    '%o is not written',
    async (name) => {
      await using directory = await openTemporaryDirectory()
      const place = openDownloadPlace(directory.join('root'))
      expect(() => place.pathOf(name)).toThrow(expect.objectContaining({ code: 'invalid-name' }))
      expect(readdirSync(directory.path)).toEqual([])
    },
  )

  test('a folder that is a link to elsewhere is not written through', async () => {
    await using directory = await openTemporaryDirectory()
    mkdirSync(directory.join('root'))
    mkdirSync(directory.join('elsewhere'))
    symlinkSync(directory.join('elsewhere'), directory.join('root/link'))
    const place = openDownloadPlace(directory.join('root'))
    expect(() => place.pathOf('link/file')).toThrow(expect.objectContaining({ code: 'download-unsafe' }))
    expect(place.pathOf('folder/file')).toBe(directory.join('root/folder/file'))
  })

  test('are those of Windows on Windows', () => {
    expect(toLocalName('digits:v3/a:b.txt', 'win32')).toBe('digits-v3/a-b.txt')
    expect(toLocalName('digits:v3/a:b.txt', 'linux')).toBe('digits:v3/a:b.txt')
    for (const name of ['con', 'a/NUL.txt', 'com1.bin', 'a?', 'a*', 'a<b', 'dot.', 'space ', 'a\\b', 'a\u0001']) {
      expect(() => toLocalName(name, 'win32'), name).toThrow(expect.objectContaining({ code: 'download-unsafe' }))
      expect(toLocalName(name, 'linux')).toBe(name)
    }
  })
})

describe('a file that a reference names', () => {
  test('is copied as it was logged; one that has changed or is gone is said, and nothing is written', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('source.bin')
    const place = openDownloadPlace(directory.join('root'))
    const copy = () =>
      place.copyFile({ path, name: 'a.bin', target: place.pathOf('a.bin'), md5Base64: expected.md5Base64 })
    writeFileSync(path, 'other')
    await expect(copy()).rejects.toMatchObject({
      code: 'download-damaged',
      message: `"a.bin" refers to "${path}", whose content has changed.`,
      hint: expect.stringContaining('Log the artifact again'),
    })
    rmSync(path)
    await expect(copy()).rejects.toMatchObject({
      code: 'download-missing',
      message: `"a.bin" refers to "${path}", which is not there.`,
      hint: expect.stringContaining('allowMissingReferences'),
    })
    expect(await place.list()).toEqual([])
    writeFileSync(path, content)
    await copy()
    expect(readFileSync(directory.join('root/a.bin')).equals(content)).toBe(true)
  })

  test('is copied no further when the download is given up, and nothing is left of it', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('source.bin')
    writeFileSync(path, content)
    const place = openDownloadPlace(directory.join('root'))
    const reason = new Error('enough')
    const one = { path, name: 'a.bin', target: place.pathOf('a.bin'), signal: AbortSignal.abort(reason) }
    await expect(place.copyFile({ ...one, md5Base64: expected.md5Base64 })).rejects.toBe(reason)
    await expect(place.copyFile({ ...one, md5Base64: undefined })).rejects.toBe(reason)
    expect(await place.list()).toEqual([])
  })

  test('that cannot be read is not said to be gone', async () => {
    await using directory = await openTemporaryDirectory()
    const place = openDownloadPlace(directory.join('root'))
    const copying = place.copyFile({
      path: directory.path,
      name: 'a',
      target: place.pathOf('a'),
      md5Base64: undefined,
    })
    await expect(copying).rejects.toMatchObject({ code: 'download-failed' })
  })

  test.skipIf(process.platform === 'win32')('that is a pipe is not waited for', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('pipe')
    expect(spawnSync('mkfifo', [path]).status).toBe(0)
    const place = openDownloadPlace(directory.join('root'))
    const copying = place.copyFile({ path, name: 'a', target: place.pathOf('a'), md5Base64: undefined })
    await expect(copying).rejects.toMatchObject({ code: 'download-failed' })
  })

  test('is said to be gone also when its digest is not known', async () => {
    await using directory = await openTemporaryDirectory()
    const place = openDownloadPlace(directory.join('root'))
    const path = directory.join('gone')
    const copying = place.copyFile({ path, name: 'a', target: place.pathOf('a'), md5Base64: undefined })
    await expect(copying).rejects.toMatchObject({ code: 'download-missing', message: expect.stringContaining(path) })
  })
})

describe('a content that is known by its XXH128 alone', () => {
  const xxh128Base64 = Buffer.from(createXxh128().update(content).digest()).toString('base64')
  const known = { md5Base64: undefined, xxh128Base64, sizeBytes: content.length }
  const other = Buffer.from(content)
  other.writeUInt8(255, 5000)

  test('is downloaded, and another one of its size is an error', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('data.bin')
    const download = (body: Buffer): Promise<void> =>
      downloadFile({
        path,
        name: 'data.bin',
        expected: known,
        signal: undefined,
        onBytes: () => {},
        request: async () => new Response(new Uint8Array(body)),
      })
    await expect(download(other)).rejects.toMatchObject({
      code: 'download-damaged',
      message: expect.stringContaining(xxh128Base64),
    })
    expect(readdirSync(directory.path)).toEqual([])
    await download(content)
    expect(readFileSync(path)).toEqual(content)
  })

  test('is copied and found, and another one of its size is not', async () => {
    await using directory = await openTemporaryDirectory()
    const place = openDownloadPlace(directory.path)
    for (const [name, bytes] of [
      ['right', content],
      ['wrong', other],
    ] as const) {
      writeFileSync(directory.join(name), bytes)
      expect(await copyContent(directory.join(name), directory.join(`copy-${name}`), known)).toBe(name === 'right')
    }
    const files = ['right', 'wrong', 'copy-right'].map((name) => ({ path: directory.join(name), name, ...known }))
    expect(await place.findRight(files, undefined)).toEqual(new Set(['right', 'copy-right']))
  })
})
