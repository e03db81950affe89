import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { openTemporaryDirectory } from '@lossline/testing'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readTar } from './read-tar.ts'
import { type TarEntry, tarEnd, tarHeader, tarPadding } from './tar.ts'

const path = fc.oneof(
  fc.stringMatching(/^[a-z0-9]{1,12}(\/[a-z0-9]{1,12}){0,3}$/),
  fc.constantFrom(`runs/${'x'.repeat(95)}`, `runs/${'x'.repeat(96)}`, `runs/${'é'.repeat(90)}`, 'a/\u{1f600} b.txt'),
)

function archiveOf(files: readonly { readonly path: string; readonly content: Uint8Array }[]): Buffer {
  const parts = files.flatMap(({ path, content }) => [
    tarHeader({ path, sizeBytes: content.length, mode: 0o640, mtimeMs: 1_700_000_000_000 }),
    content,
    tarPadding(content.length),
  ])
  return Buffer.concat([...parts, tarEnd])
}

async function* inPieces(bytes: Buffer, pieceBytes: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes)
}

async function contentsOf(source: AsyncIterable<Uint8Array>): Promise<[TarEntry, Buffer][]> {
  const found: [TarEntry, Buffer][] = []
  for await (const { entry, content } of readTar(source)) {
    const parts: Uint8Array[] = []
    for await (const part of content) parts.push(part)
    found.push([entry, Buffer.concat(parts)])
  }
  return found
}

test('what goes in comes out, whatever the names and however it arrives', async () => {
  const files = fc.array(fc.record({ path, content: fc.uint8Array({ maxLength: 1500 }) }), { maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(files, fc.integer({ min: 1, max: 2000 }), async (given, pieceBytes) => {
      const found = await contentsOf(inPieces(archiveOf(given), pieceBytes))
      expect(found).toEqual(
        given.map(({ path, content }) => [
          { path, sizeBytes: content.length, mode: 0o640, mtimeMs: 1_700_000_000_000 },
          Buffer.from(content),
        ]),
      )
    }),
    { numRuns: 60 },
  )
})

test('a file of more than 8 GiB has its size in a header of its own', async () => {
  const sizeBytes = 9 * 2 ** 30
  const header = tarHeader({ path: 'large', sizeBytes, mode: 0o600, mtimeMs: 0 })
  const [first] = await Array.fromAsync(takeOne(readTar(inPieces(Buffer.from(header), 512))))
  expect(first?.entry).toMatchObject({ path: 'large', sizeBytes })
})

async function* takeOne<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  const { value, done } = await source.next()
  if (!done) yield value
}

test('the tar of this system reads it', async () => {
  await using directory = await openTemporaryDirectory()
  const names = ['plain.txt', `runs/${'long'.repeat(40)}/é.txt`]
  writeFileSync(directory.join('a.tar'), archiveOf(names.map((path) => ({ path, content: Buffer.from(path) }))))
  execFileSync('tar', ['-xf', 'a.tar'], { cwd: directory.path })
  for (const name of names) expect(execFileSync('cat', [directory.join(name)], { encoding: 'utf8' })).toBe(name)
})
