// New content into an artifact: a folder of files that nobody has seen, hashed (MD5 and SHA-256) and copied into the data
// folder, up to the record in the journal. Yardstick: the slower of MD5 alone and a copy of the same files, on one core.
import { execFileSync } from 'node:child_process'
import { createHash, randomFillSync } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Artifact, init } from '@lossline/core'
import { findPythonClient, openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { type Finding, report } from './lib/report.ts'

const rounds = 3
/** Files of a folder: one large one, some of a size as checkpoints have, many small ones. */
const folders: Readonly<Record<string, readonly number[]>> = {
  'one file of 128 MiB': [128 * 2 ** 20],
  '32 files of 4 MiB': Array.from({ length: 32 }, () => 4 * 2 ** 20),
  '2,000 files of 16 KiB': Array.from({ length: 2000 }, () => 16 * 2 ** 10),
}

const directory = await openTemporaryDirectory('lossline-bench-')
const run = await init({ dir: directory.path, mode: 'offline', silent: true })
const findings: Finding[] = []
try {
  // Threads that read files start once in a process.
  await measureFolder([20 * 2 ** 20, 20 * 2 ** 20])
  for (const [name, sizes] of Object.entries(folders)) {
    const measured = []
    for (let round = 0; round < rounds; round += 1) measured.push(await measureFolder(sizes))
    const ratio = median(measured.map(({ uploadMs, yardstickMs }) => yardstickMs / uploadMs))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    const speed = (ms: number): string => `${(bytes / 2 ** 20 / (ms / 1000)).toFixed(0)} MiB/s`
    const uploadMs = median(measured.map((one) => one.uploadMs))
    const yardstickMs = median(measured.map((one) => one.yardstickMs))
    findings.push({
      what: name,
      value: ratio,
      text: `${speed(uploadMs)}, yardstick ${speed(yardstickMs)}, ratio ${ratio.toFixed(2)}`,
      floor: 0.6,
      goal: 0.85,
      isLessBetter: false,
    })
    findings.push(...measurePython(name, sizes, bytes))
  }
} finally {
  await run.finish()
  report('artifact-upload', findings)
  await directory[Symbol.asyncDispose]()
}

async function measureFolder(sizes: readonly number[]): Promise<{ uploadMs: number; yardstickMs: number }> {
  const source = makeFolder(sizes)
  const copy = directory.join('copy')
  mkdirSync(copy)
  const names = readdirSync(source)

  let startMs = performance.now()
  for (const name of names)
    createHash('md5')
      .update(readFileSync(join(source, name)))
      .digest()
  const md5Ms = performance.now() - startMs
  startMs = performance.now()
  for (const name of names) copyFileSync(join(source, name), join(copy, name))
  const copyMs = performance.now() - startMs

  startMs = performance.now()
  const artifact = new Artifact('bench', 'dataset')
  await artifact.addDir(source)
  run.logArtifact(artifact)
  const uploadMs = performance.now() - startMs
  rmSync(source, { recursive: true })
  rmSync(copy, { recursive: true })
  return { uploadMs, yardstickMs: Math.max(md5Ms, copyMs) }
}

function makeFolder(sizes: readonly number[]): string {
  const source = directory.join('source')
  mkdirSync(source)
  const bytes = Buffer.alloc(Math.max(...sizes))
  sizes.forEach((size, index) => {
    randomFillSync(bytes, 0, Math.min(size, 2 ** 20))
    bytes.writeUInt32LE(index)
    writeFileSync(join(source, `${index}.bin`), bytes.subarray(0, size))
  })
  return source
}

/** The same by W&B's own client, where it is installed. */
function measurePython(name: string, sizes: readonly number[], bytes: number): Finding[] {
  const client = findPythonClient()
  if ('missing' in client) return []
  const source = makeFolder(sizes)
  const program = [
    'import sys, time, wandb',
    'artifact = wandb.Artifact("bench", "dataset")',
    'start = time.perf_counter()',
    'artifact.add_dir(sys.argv[1])',
    'artifact.digest',
    'print("SECONDS", time.perf_counter() - start)',
  ].join('\n')
  const env = { ...process.env, WANDB_DATA_DIR: directory.join('wandb'), WANDB_SILENT: 'true' }
  const output = execFileSync(client.python, ['-c', program, source], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  rmSync(source, { recursive: true })
  const seconds = Number(/SECONDS ([\d.e-]+)/.exec(output)?.[1])
  const value = bytes / 2 ** 20 / seconds
  return [{ what: `  W&B's client, ${name}`, value, text: `${value.toFixed(0)} MiB/s (MD5 and a copy)` }]
}
