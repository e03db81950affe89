// A folder of 10,000 files that are as they were: addDir and logArtifact once more. Yardstick: lstat of all of them.
import { execFileSync } from 'node:child_process'
import { lstatSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Artifact, init } from '@lossline/core'
import { findPythonClient, openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { type Finding, report } from './lib/report.ts'

const fileCount = 10_000
const filesPerFolder = 500
const rounds = 5

const directory = await openTemporaryDirectory('lossline-bench-')
try {
  const source = directory.join('source')
  for (let index = 0; index < fileCount; index += 1) {
    const folder = join(source, String(Math.floor(index / filesPerFolder)))
    if (index % filesPerFolder === 0) mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, `${index}.txt`), `content of ${index}`)
  }
  const paths = readdirSync(source, { recursive: true, encoding: 'utf8' }).map((name) => join(source, name))
  // Files that were written a moment ago are not trusted.
  await sleep(300)
  const ratios: number[] = []
  const addMs: number[] = []
  const lstatMs: number[] = []
  for (let round = -1; round < rounds; round += 1) {
    // A run of its own each time: nothing is in its folder yet.
    const run = await init({ dir: directory.path, mode: 'offline', silent: true })
    let startMs = performance.now()
    for (const path of paths) lstatSync(path)
    const yardstickMs = performance.now() - startMs
    startMs = performance.now()
    const artifact = new Artifact('bench', 'dataset')
    const { reusedCount } = await artifact.addDir(source)
    run.logArtifact(artifact)
    const ms = performance.now() - startMs
    await run.finish()
    if (round < 0) continue
    if (reusedCount !== fileCount) throw new Error(`${reusedCount} files were known`)
    ratios.push(ms / yardstickMs)
    addMs.push(ms)
    lstatMs.push(yardstickMs)
  }
  const ratio = median(ratios)
  report('artifact-unchanged', [
    {
      what: '10,000 files, nothing changed',
      value: ratio,
      text: `${median(addMs).toFixed(0)} ms; lstat of all ${median(lstatMs).toFixed(0)} ms, ratio ${ratio.toFixed(1)}`,
      floor: 40,
      goal: 10,
    },
    ...measurePython(source),
  ])
} finally {
  await directory[Symbol.asyncDispose]()
}

/** The same by W&B's own client, where it is installed; it reads and copies all files each time. */
function measurePython(source: string): Finding[] {
  const client = findPythonClient()
  if ('missing' in client) return []
  const program = [
    'import sys, time, wandb',
    'for _ in range(2):',
    '    artifact = wandb.Artifact("bench", "dataset")',
    '    start = time.perf_counter()',
    '    artifact.add_dir(sys.argv[1])',
    '    artifact.digest',
    '    print("SECONDS", time.perf_counter() - start)',
  ].join('\n')
  const env = { ...process.env, WANDB_DATA_DIR: directory.join('wandb'), WANDB_SILENT: 'true' }
  const output = execFileSync(client.python, ['-c', program, source], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const ms = Number([...output.matchAll(/SECONDS ([\d.e-]+)/g)].at(-1)?.[1]) * 1000
  return [{ what: "  W&B's client, the second time", value: ms, text: `${ms.toFixed(0)} ms` }]
}
