// Large artifacts all the way: the SDK hashes and keeps them, the sender uploads them, a server takes them in and commits
// them. One with a sparse file of 5 GiB, one with 100,000 small files. No yardstick: it shows that they go through, how long
// that takes and how much memory SDK, sender and server need together. Takes some 25 GB of disk and up to half an hour for
// each; two arguments name other sizes: `npm run bench -- artifact-soak 1 20000` for 1 GiB and 20,000 files.
import { mkdirSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Artifact, init } from '@lossline/core'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { type Finding, report } from './lib/report.ts'

const [gibibytes = 5, fileCount = 100_000] = process.argv.slice(2).map(Number)
const timeoutMs = 30 * 60_000
const filesAFolder = 1000

const directory = await openTemporaryDirectory('lossline-soak-')
const findings: Finding[] = []
try {
  checkDisk(3 * gibibytes * 2 ** 30 + 3 * fileCount * 4096)
  await soak(`a sparse file of ${gibibytes} GiB`, (source) => {
    writeFileSync(`${source}/sparse.bin`, '')
    truncateSync(`${source}/sparse.bin`, gibibytes * 2 ** 30)
  })
  await soak(`${fileCount.toLocaleString('en')} files`, (source) => {
    for (let index = 0; index < fileCount; index += 1) {
      const folder = `${source}/${Math.floor(index / filesAFolder)}`
      if (index % filesAFolder === 0) mkdirSync(folder)
      writeFileSync(`${folder}/${index}.txt`, `content ${index}\n`)
    }
  })
} finally {
  report('artifact-soak', findings)
  await directory[Symbol.asyncDispose]()
}

/** Logs a folder with a server of its own, waits until it is committed, and compares what the server says of it. */
async function soak(what: string, fill: (source: string) => void): Promise<void> {
  const place = join(directory.path, what)
  const source = join(place, 'source')
  mkdirSync(source, { recursive: true })
  fill(source)
  const server = await startServer({ dataDirectory: join(place, 'server'), port: 0, watch: [], log: () => {} })
  try {
    const run = await init({
      ...{ project: 'soak', dir: place, baseUrl: server.url, apiKey: 'k'.repeat(40) },
      ...{ silent: true, console: 'off', finishTimeoutMs: timeoutMs },
    })
    const startMs = performance.now()
    const artifact = new Artifact('soak', 'dataset')
    const added = await artifact.addDir(source)
    const addedMs = performance.now()
    console.log(`${what}: hashed and kept after ${((addedMs - startMs) / 1000).toFixed(1)} s`)
    const version = await run.logArtifact(artifact).wait({ timeoutMs })
    const committedMs = performance.now()
    console.log(`${what}: committed after ${((committedMs - startMs) / 1000).toFixed(1)} s`)
    await run.finish()
    const isWhole = version.fileCount === added.fileCount && version.sizeBytes === added.sizeBytes
    if (version.state !== 'committed' || !isWhole || version.digest !== artifact.digest) {
      throw new Error(`${what}: the server has ${version.fileCount} files of ${version.sizeBytes} bytes.`)
    }
    const seconds = (ms: number): string => `${(ms / 1000).toFixed(1)} s`
    findings.push({
      what: `${what}, ${added.sizeBytes.toLocaleString('en')} bytes`,
      value: committedMs - startMs,
      text: `hashed and kept ${seconds(addedMs - startMs)}, sent and committed ${seconds(committedMs - addedMs)}`,
    })
    // Of the process up to here: the second one's is that of both if it needs less.
    const peakMiB = process.resourceUsage().maxRSS / 1024
    findings.push({ what: `${what}, peak memory so far`, value: peakMiB, text: `${peakMiB.toFixed(0)} MiB` })
  } finally {
    await server.close()
    rmSync(place, { recursive: true, force: true })
  }
}

function checkDisk(bytesNeeded: number): void {
  const { bavail, bsize } = statfsSync(directory.path)
  if (bavail * bsize >= bytesNeeded) return
  throw new Error(`${directory.path} has ${bavail * bsize} bytes free, and this takes ${bytesNeeded}.`)
}
