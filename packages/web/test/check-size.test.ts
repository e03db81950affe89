import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'

const script = fileURLToPath(new URL('../scripts/check-size.mjs', import.meta.url))

interface Chunk {
  readonly kilobytes: number
  readonly imports?: readonly string[]
  readonly isDynamicEntry?: true
}

/** Weighs a page made of chunks that no compression makes smaller. */
async function weigh(chunks: Readonly<Record<string, Chunk>>, otherFiles: Readonly<Record<string, number>> = {}) {
  await using directory = await openTemporaryDirectory('lossline-size-')
  const write = async (file: string, content: string | Buffer): Promise<void> => {
    const path = join(directory.path, file)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, content)
  }
  const manifest: Record<string, object> = {}
  for (const [i, [name, { kilobytes, ...rest }]] of Object.entries(chunks).entries()) {
    const file = `assets/chunk-${i}.js`
    manifest[name] = { file, ...rest }
    await write(file, randomBytes(kilobytes * 1000))
  }
  for (const [file, kilobytes] of Object.entries(otherFiles)) await write(file, randomBytes(kilobytes * 1000))
  await write('.vite/manifest.json', JSON.stringify(manifest))
  await write('index.html', '<script src="/theme.js"></script><script type="module" src="/assets/chunk-0.js"></script>')
  if (otherFiles['theme.js'] === undefined) await write('theme.js', '')
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, directory.path], { encoding: 'utf8' })
  return { status, stdout, stderr }
}

test('what two chunks share counts once, and not again for pages if it is there from the start', async () => {
  const weighed = await weigh({
    'index.html': { kilobytes: 100, imports: ['_shared.js', '_react.js'] },
    '_shared.js': { kilobytes: 50, imports: ['_react.js'] },
    '_react.js': { kilobytes: 70 },
    'src/pages/table.tsx': { kilobytes: 20, imports: ['_shared.js', '_grid.js'], isDynamicEntry: true },
    '_grid.js': { kilobytes: 30 },
  })
  expect(weighed.stdout).toMatch(/220\.\d kB of 300 {2}before the first chart/)
  expect(weighed.stdout).toMatch(/50\.\d kB of {2}60 {2}\+ page src\/pages\/table\.tsx/)
  expect(weighed).toMatchObject({ status: 0, stderr: '' })
})

test.each([
  ['before the first chart', { 'index.html': { kilobytes: 299 } }, { 'theme.js': 2 }],
  [
    '+ page src/pages/table.tsx',
    { 'index.html': { kilobytes: 1 }, 'src/pages/table.tsx': { kilobytes: 61, isDynamicEntry: true } },
    {},
  ],
  [
    '+ later src/components/globe.tsx',
    { 'index.html': { kilobytes: 1 }, 'src/components/globe.tsx': { kilobytes: 31, isDynamicEntry: true } },
    {},
  ],
  ['+ worker assets/forest.js', { 'index.html': { kilobytes: 1 } }, { 'assets/forest.js': 31 }],
  ['styles', { 'index.html': { kilobytes: 1 } }, { 'assets/index.css': 20, 'assets/later.css': 11 }],
  ['fonts', { 'index.html': { kilobytes: 1 } }, { 'assets/sans.woff2': 1 }],
] satisfies [string, Record<string, Chunk>, Record<string, number>][])(
  '%s is held to its budget',
  async (what, chunks, otherFiles) => {
    const { status, stderr } = await weigh(chunks, otherFiles)
    expect(stderr).toContain(`Over budget: ${what}.`)
    expect(status).toBe(1)
  },
)

test('what stands before the first chart comes in few files', async () => {
  const parts = Array.from({ length: 7 }, (_, i) => `_part-${i}.js`)
  const chunks = Object.fromEntries(parts.map((name) => [name, { kilobytes: 1 }]))
  const { status, stderr } = await weigh({ 'index.html': { kilobytes: 1, imports: parts }, ...chunks })
  expect(stderr).toContain('9 files')
  expect(status).toBe(1)
})
