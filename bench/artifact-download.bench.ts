// A version downloaded from a server over HTTP, checked on its way; and from the data folder, in local mode. Yardstick: the
// slower of MD5 alone and a copy of the same files, on one core.
import { createHash, randomFillSync } from 'node:crypto'
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Artifact, type ArtifactVersion, type InitOptions, init } from '@lossline/core'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { median } from './lib/measure.ts'
import { type Finding, report } from './lib/report.ts'

const rounds = 3
const folders: Readonly<Record<string, readonly number[]>> = {
  'one file of 64 MiB': [64 * 2 ** 20],
  '500 files of 64 KiB': Array.from({ length: 500 }, () => 64 * 2 ** 10),
}

const directory = await openTemporaryDirectory('lossline-bench-')
const findings: Finding[] = []
const server = await startServer({ dataDirectory: directory.join('elsewhere'), port: 0 })
try {
  const online = {
    dir: directory.path,
    mode: 'online',
    baseUrl: server.url,
    apiKey: 'k'.repeat(40),
    silent: true,
  } as const
  await measureMode('over HTTP', online)
  await measureMode('from the data folder', { dir: directory.path, silent: true })
} finally {
  await server.close()
  report('artifact-download', findings)
  await directory[Symbol.asyncDispose]()
}

async function measureMode(mode: string, options: InitOptions<Record<string, unknown>>): Promise<void> {
  const run = await init(options)
  for (const [name, sizes] of Object.entries(folders)) {
    const version = await run.logArtifact(await makeArtifact(sizes)).wait()
    const measured = []
    for (let round = 0; round < rounds; round += 1) measured.push(await measureDownload(version))
    const bytes = sizes.reduce((sum, size) => sum + size, 0)
    const speed = (ms: number): string => `${(bytes / 2 ** 20 / (ms / 1000)).toFixed(0)} MiB/s`
    const value = median(measured.map(({ downloadMs, yardstickMs }) => yardstickMs / downloadMs))
    const downloadMs = median(measured.map((one) => one.downloadMs))
    const againMs = median(measured.map((one) => one.againMs))
    const text = `${speed(downloadMs)}, ratio ${value.toFixed(2)}; again, with all there ${againMs.toFixed(0)} ms`
    findings.push({ what: `${name}, ${mode}`, value, text, isLessBetter: false })
  }
  await run.finish()
}

async function makeArtifact(sizes: readonly number[]): Promise<Artifact> {
  const artifact = new Artifact(`bench-${sizes.length}`, 'dataset')
  for (const [index, size] of sizes.entries()) {
    await artifact.addBuffer(randomFillSync(new Uint8Array(size), 0, Math.min(size, 2 ** 20)), `${index}.bin`)
  }
  return artifact
}

async function measureDownload(version: ArtifactVersion) {
  const root = directory.join('download')
  const copy = directory.join('copy')
  mkdirSync(copy)
  let startMs = performance.now()
  await version.download({ root })
  const downloadMs = performance.now() - startMs
  startMs = performance.now()
  await version.download({ root })
  const againMs = performance.now() - startMs

  const names = readdirSync(root)
  startMs = performance.now()
  for (const name of names)
    createHash('md5')
      .update(readFileSync(join(root, name)))
      .digest()
  const md5Ms = performance.now() - startMs
  startMs = performance.now()
  for (const name of names) copyFileSync(join(root, name), join(copy, name))
  const copyMs = performance.now() - startMs
  rmSync(root, { recursive: true })
  rmSync(copy, { recursive: true })
  return { downloadMs, againMs, yardstickMs: Math.max(md5Ms, copyMs) }
}
