import { mkdirSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createSender, openRunWriter } from '@lossline/journal'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { expect, test } from 'vitest'

const fileBytes = 300 * 2 ** 20
// What is read ahead, on its way and not yet collected.
const memoryBytesMax = 100 * 2 ** 20

test('a large file is sent without being held in memory', { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  await using server = spawnScript(new URL('./scripts/serve.ts', import.meta.url), { args: [directory.join('server')] })
  await server.waitForOutput(/http:\/\/\S+/)
  const url = /http:\/\/[^\s"]+/.exec(server.stdout)?.[0] ?? ''

  const runDirectory = directory.join('runs', 'run-20261125_000000-large')
  const writer = await openRunWriter({
    runDirectory,
    run: { runId: 'large', project: 'demo', startTime: { seconds: 1_795_000_000 } },
    producer: 'lossline/test',
  })
  mkdirSync(join(runDirectory, 'files'), { recursive: true })
  const path = join(runDirectory, 'files', 'checkpoint.bin')
  writeFileSync(path, '')
  truncateSync(path, fileBytes)
  writer.append({ kind: 'files', files: { files: [{ path: 'checkpoint.bin' }] } })
  await writer.finish({ exitCode: 0 })

  const before = process.memoryUsage().arrayBuffers
  let peak = 0
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().arrayBuffers - before)
  }, 5)
  const seen: number[] = []
  const report = await createSender({
    runDirectory,
    journalPath: writer.journalPath,
    target: { baseUrl: url },
    follow: false,
    onProgress(progress) {
      if (progress.kind === 'uploading') seen.push(progress.report.uploaded.bytes)
    },
  }).run()
  clearInterval(timer)
  expect(report).toMatchObject({ isExitSent: true, problems: {} })
  expect(report.uploaded.bytes).toBeGreaterThanOrEqual(fileBytes)
  expect(peak).toBeLessThan(memoryBytesMax)
  // How far it is is told on the way.
  expect(seen.some((bytes) => bytes > 0 && bytes < fileBytes)).toBe(true)
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    body: JSON.stringify({
      query: `{ project(name: "demo", entityName: "local") { run(name: "large") {
        files(names: ["checkpoint.bin"]) { edges { node { sizeBytes } } } } } }`,
    }),
  })
  expect(await answer.json()).toMatchObject({
    data: { project: { run: { files: { edges: [{ node: { sizeBytes: fileBytes } }] } } } },
  })
})
