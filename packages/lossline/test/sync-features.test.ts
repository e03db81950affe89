import { appendFileSync, cpSync, existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { Artifact, init } from '@lossline/core'
import { createFramer, encodeRecord } from '@lossline/protocol'
import { startServer } from '@lossline/server'
import { fixtureUrl, openTemporaryDirectory, type TemporaryDirectory } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runLossline, startLossline } from './run-lossline.ts'

async function openServer() {
  const directory = await openTemporaryDirectory()
  const server = await startServer({ dataDirectory: directory.path, port: 0, watch: [], log: () => {} })
  return {
    url: server.url,
    close: () => server.close(),
    async ask<T>(query: string): Promise<T> {
      const response = await fetch(`${server.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query }),
      })
      return ((await response.json()) as { data: T }).data
    },
    async [Symbol.asyncDispose]() {
      await server.close()
      await directory[Symbol.asyncDispose]()
    },
  }
}

/** Three runs of five rows, written once and copied by the tests. */
const written = openTemporaryDirectory()
const ids = ['first', 'second', 'third'] as const
beforeAll(async () => {
  const { path: dir } = await written
  for (const id of ids) {
    const options = {
      project: 'demo',
      id,
      mode: 'offline',
      silent: true,
      console: 'off',
      disableMetadata: true,
    } as const
    const run = await init({ ...options, dir })
    for (let step = 0; step < 5; step++) run.log({ loss: step })
    await run.finish()
  }
})
afterAll(async () => (await written)[Symbol.asyncDispose]())

/** Puts the next of the runs into a folder. */
async function writeRun(dir: string) {
  const runs = join(dir, '.lossline', 'runs')
  const id = ids[existsSync(runs) ? readdirSync(runs).length : 0]!
  const source = join((await written).path, '.lossline', 'runs')
  const name = readdirSync(source).find((folder) => folder.endsWith(id)) as string
  cpSync(join(source, name), join(runs, name), { recursive: true })
  return { id, directory: join(runs, name) }
}

function linesOf(stdout: string) {
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
}

function copyFixture(directory: TemporaryDirectory, name: string): string {
  cpSync(fixtureUrl(`wandb-runs/${name}`), directory.join(name), { recursive: true })
  const folder = readdirSync(directory.join(name)).find((entry) => entry.startsWith('offline-run-')) as string
  return directory.join(name, folder)
}

describe('a receipt', () => {
  test('counts what the server has, proves it with a digest, and is kept', async () => {
    await using server = await openServer()
    await using directory = await openTemporaryDirectory()
    const { id, directory: folder } = await writeRun(directory.path)
    const { stdout } = await runLossline(['sync', '--base-url', server.url, '--json'], { cwd: directory.path })
    const [receipt] = linesOf(stdout)
    const journal = readFileSync(join(folder, `run-${id}.wandb`))
    const { createHash } = await import('node:crypto')
    expect(receipt).toMatchObject({
      runId: id,
      server: server.url,
      status: 'sent',
      isFinished: true,
      historyRowCount: 5,
      journalBytes: journal.length,
      digest: `sha256:${createHash('sha256').update(journal).digest('hex')}`,
      problems: {},
    })
    expect(receipt.recordCount).toBeGreaterThan(7)
    const kept = JSON.parse(readFileSync(join(folder, 'sync.json'), 'utf8'))
    expect(kept.servers[server.url].receipt).toMatchObject({ digest: receipt.digest, historyRowCount: 5 })
  })

  test('versions of an artifact are numbered in the order in which their runs began', async () => {
    await using server = await openServer()
    await using directory = await openTemporaryDirectory()
    const runIds = ['e', 'd', 'c', 'b', 'a']
    for (const [index, id] of runIds.entries()) {
      const run = await init({
        id,
        project: 'demo',
        mode: 'offline',
        dir: directory.path,
        silent: true,
        console: 'off',
      })
      const model = new Artifact('digits-cnn', 'model')
      await model.addBuffer(id.repeat(1_000_000 / (index + 1) ** 2), 'weights.bin')
      run.logArtifact(model)
      await run.finish()
    }
    await runLossline(['sync', '--base-url', server.url], { cwd: directory.path })
    const versions = runIds.map(
      (_, index) => `v${index}: artifact(name: "digits-cnn:v${index}") { createdBy { ... on Run { name } } }`,
    )
    const { project } = await server.ask<{ project: Record<string, { createdBy: { name: string } }> }>(
      `{ project(entityName: "local", name: "demo") { ${versions.join(' ')} } }`,
    )
    expect(Object.values(project).map(({ createdBy }) => createdBy.name)).toEqual(runIds)
  })

  test('a run can be sent elsewhere, under another id, and each place has its own state', async () => {
    await using server = await openServer()
    await using directory = await openTemporaryDirectory()
    const { id } = await writeRun(directory.path)
    const options = { cwd: directory.path, env: { LOSSLINE_BASE_URL: server.url } }
    await runLossline(['sync'], options)
    const copy = await runLossline(['sync', '--project', 'other', '--id', 'copy', '--json'], options)
    expect(linesOf(copy.stdout)).toMatchObject([{ runId: 'copy', url: `${server.url}/local/other/runs/copy` }])
    const again = await runLossline(['sync', '--project', 'other', '--id', 'copy'], options)
    expect(again.stdout).toContain('has the run already')
    const { a, b } = await server.ask<Record<string, { run: object | null }>>(
      `{ a: project(name: "demo", entityName: "local") { run(name: "${id}") { historyLineCount } }
         b: project(name: "other", entityName: "local") { run(name: "copy") { historyLineCount } } }`,
    )
    expect([a, b]).toEqual([{ run: { historyLineCount: 5 } }, { run: { historyLineCount: 5 } }])
  })

  test('--include and --exclude choose by the names of folders; --id with several is refused', async () => {
    await using directory = await openTemporaryDirectory()
    const first = await writeRun(directory.path)
    const second = await writeRun(directory.path)
    const plan = async (...args: string[]) => {
      const command = ['sync', '--dry-run', '--json', '--base-url', 'http://127.0.0.1:2', ...args]
      return linesOf((await runLossline(command, { cwd: directory.path })).stdout).map(({ runId }) => runId)
    }
    expect(await plan('--include', `*${first.id}`)).toEqual([first.id])
    expect(await plan('--exclude', `*-${first.id}`)).toEqual([second.id])
    const { exitCode, stderr } = await runLossline(
      ['sync', '--id', 'x', '--json', '--base-url', 'http://127.0.0.1:2'],
      { cwd: directory.path },
    )
    expect(exitCode).toBe(1)
    expect(JSON.parse(stderr).error.code).toBe('sync-options')
  })
})

describe("folders of W&B's client", () => {
  test('with artifacts, files and damage: all that can be sent is, nothing in them is changed', async () => {
    await using server = await openServer()
    await using directory = await openTemporaryDirectory()
    const folders = ['artifacts', 'media', 'table', 'corrupt'].map((name) => copyFixture(directory, name))
    const before = folders.map((folder) => readdirSync(folder, { recursive: true }).sort())
    const staging = ['artifacts', 'table'].map((name) => directory.join(name, 'staging'))
    const args = ['sync', ...folders, '--staging', ...staging, '--base-url', server.url, '--json']
    const { exitCode, stdout, stderr } = await runLossline(args, { cwd: directory.path })
    expect(stderr).toBe('')
    const receipts = Object.fromEntries(linesOf(stdout).map((receipt) => [receipt.runId.replace(/\d+$/, ''), receipt]))
    expect(receipts.artif).toMatchObject({ status: 'sent', artifactCount: 4, problems: {} })
    expect(receipts.table).toMatchObject({ status: 'sent', problems: {} })
    expect(receipts.media).toMatchObject({ status: 'sent', problems: {} })
    expect(receipts.media.fileCount).toBeGreaterThan(5)
    expect(linesOf(stdout).filter(({ status }) => status === 'incomplete')).toMatchObject([
      { problems: { damaged: 1 }, isFinished: true },
    ])
    expect(exitCode).toBe(1)
    expect(folders.map((folder) => readdirSync(folder, { recursive: true }).sort())).toEqual(before)

    const { project } = await server.ask<{ project: object }>(
      `{ project(name: "golden", entityName: "local") {
        data: artifact(name: "golden-data:best") { state digest fileCount tags { name } }
        model: artifact(name: "golden-model:latest") { state digest }
        refs: artifact(name: "golden-refs:latest") { state fileCount } } }`,
    )
    expect(project).toEqual({
      data: {
        state: 'COMMITTED',
        digest: '8f67ba972a37fdf68290f7f4ebe40cc7',
        fileCount: 3,
        tags: [{ name: 'tag-one' }],
      },
      model: { state: 'COMMITTED', digest: '3ef1e43df969daae9422e6f37af037ac' },
      refs: { state: 'COMMITTED', fileCount: 2 },
    })
    const again = await runLossline(['sync', ...folders, '--base-url', server.url], { cwd: directory.path })
    expect(again.stdout).toContain('has all 4 runs already')
  })

  test('without its staged files an artifact is named, the rest is sent, and it is tried again', async () => {
    await using server = await openServer()
    await using directory = await openTemporaryDirectory()
    const folder = copyFixture(directory, 'artifacts')
    const options = { cwd: directory.path, env: { LOSSLINE_BASE_URL: server.url } }
    const first = await runLossline(['sync', folder], options)
    expect(first.exitCode).toBe(1)
    expect(first.stdout).toContain('artifact "golden-data": its file "a.txt" is gone from')
    expect(first.stdout).toContain('1 not wholly')
    const second = await runLossline(['sync', folder, '--staging', directory.join('artifacts', 'staging')], options)
    expect(second.stdout).toContain('4 artifacts')
    expect(second.exitCode).toBe(0)
  })

  test('a journal with a header only and one that is none are said, and keep nobody back', async () => {
    await using server = await openServer()
    await using directory = await openTemporaryDirectory()
    const { id } = await writeRun(directory.path)
    const runs = directory.join('.lossline', 'runs')
    const framer = createFramer({ crc32 })
    framer.append(encodeRecord({ kind: 'header', header: { versionInfo: { producer: 'lossline/1' } }, num: 1 }))
    for (const [name, bytes] of [
      ['headeronly', framer.bytes()],
      ['garbage', Buffer.from('this is no journal at all')],
      ['nothing', Buffer.alloc(0)],
    ] as const) {
      const folder = join(runs, `run-20261125_000000-${name}`)
      cpSync(join(runs, readdirSync(runs).find((entry) => entry.endsWith(id)) as string), folder, { recursive: true })
      renameSync(join(folder, `run-${id}.wandb`), join(folder, `run-${name}.wandb`))
      writeFileSync(join(folder, `run-${name}.wandb`), bytes)
    }
    const { exitCode, stdout } = await runLossline(['sync', '--base-url', server.url], { cwd: directory.path })
    expect(stdout).toContain(`${id}: 5 rows`)
    expect(stdout).toContain('headeronly: nothing to send')
    expect(stdout).toContain('garbage: nothing to send')
    expect(exitCode).toBe(0)
  })
})

describe('--clean', () => {
  test('removes what the server confirms, and nothing else', async () => {
    await using server = await openServer()
    await using directory = await openTemporaryDirectory()
    const done = await writeRun(directory.path)
    const changed = await writeRun(directory.path)
    const extra = await writeRun(directory.path)
    const options = { cwd: directory.path, env: { LOSSLINE_BASE_URL: server.url } }
    await runLossline(['sync'], options)
    appendFileSync(join(changed.directory, `run-${changed.id}.wandb`), 'xxxxxxxxxxxx')
    writeFileSync(join(extra.directory, 'files', 'only-here.txt'), 'precious')

    const plan = await runLossline(['sync', '--clean', '--dry-run'], options)
    expect(plan.stdout).toContain(`${done.id}: would be removed: ${done.directory}`)
    expect(plan.stdout).toContain(`${changed.id}: kept: its journal has grown`)
    expect(plan.stdout).toContain(`${extra.id}: kept: it holds files that were never sent: only-here.txt`)
    expect([done, changed, extra].map((run) => existsSync(run.directory))).toEqual([true, true, true])

    await server.ask('mutation { upsertBucket(input: { modelName: "demo", name: "other" }) { inserted } }')
    const { stdout } = await runLossline(['sync', done.directory, extra.directory, '--clean'], options)
    expect(stdout).toContain(`${done.id}: removed ${done.directory}`)
    expect(stdout).toContain('Removed 1 of 2 run folders.')
    expect([done, changed, extra].map((run) => existsSync(run.directory))).toEqual([false, true, true])
    expect(readdirSync(directory.join('.lossline', 'runs'))).toHaveLength(2)
  })

  test('a folder that holds more than one run, anything else, or what could not be sent, stays', async () => {
    await using server = await openServer()
    await using directory = await openTemporaryDirectory()
    const options = { cwd: directory.path, env: { LOSSLINE_BASE_URL: server.url } }
    const [one, other, lone] = [
      await writeRun(directory.path),
      await writeRun(directory.path),
      await writeRun(directory.path),
    ]
    cpSync(join(other.directory, `run-${other.id}.wandb`), join(one.directory, `run-${other.id}.wandb`))
    await runLossline(['sync'], options)
    const both = await runLossline(['sync', join(one.directory, `run-${one.id}.wandb`), '--clean'], options)
    expect(both.stdout).toContain(`${one.id}: kept: its folder holds more than the run: run-${other.id}.wandb`)

    writeFileSync(join(lone.directory, 'thesis.txt'), 'precious')
    const stray = await runLossline(['sync', lone.directory, '--clean'], options)
    expect(stray.stdout).toContain(`${lone.id}: kept: its folder holds more than the run: thesis.txt`)

    const path = join(other.directory, 'sync.json')
    writeFileSync(path, readFileSync(path, 'utf8').replace('"status": "sent"', '"status": "incomplete"'))
    const partial = await runLossline(['sync', other.directory, '--clean'], options)
    expect(partial.stdout).toContain(`${other.id}: kept: some of what it holds could not be sent`)
    expect([one, other, lone].map((run) => existsSync(run.directory))).toEqual([true, true, true])
  })

  test('a server that lost the run, lost a file or is away keeps the folder', async () => {
    await using server = await openServer()
    await using other = await openServer()
    await using directory = await openTemporaryDirectory()
    const run = await writeRun(directory.path)
    await runLossline(['sync', '--base-url', server.url], { cwd: directory.path })
    // What was said of one server is said of one that has nothing.
    const path = join(run.directory, 'sync.json')
    const text = readFileSync(path, 'utf8')
    writeFileSync(path, text.replaceAll(`"${server.url}"`, `"${other.url}"`))
    const lost = await runLossline(['sync', '--clean', '--base-url', other.url], { cwd: directory.path })
    expect(lost.stdout).toContain(`${run.id}: kept: the server does not have the run`)
    writeFileSync(path, text)
    writeFileSync(join(run.directory, 'files', 'config.yaml'), 'changed: 1\n')
    const changed = await runLossline(['sync', '--clean', '--base-url', server.url], { cwd: directory.path })
    expect(changed.stdout).toContain('kept: file "config.yaml" is not on the server as it is here')
    await server.close()
    const away = await runLossline(['sync', '--clean', '--base-url', server.url, '--timeout', '1'], {
      cwd: directory.path,
    })
    expect(away.stdout).toContain(`${run.id}: kept: `)
    expect(existsSync(run.directory)).toBe(true)
  })
})

test('--follow goes on while a run grows, takes in new ones, and ends with them', async () => {
  await using server = await openServer()
  await using directory = await openTemporaryDirectory()
  const run = await init({ project: 'demo', mode: 'offline', dir: directory.path, silent: true, console: 'off' })
  run.log({ loss: 0 })
  await using command = startLossline(['sync', '--follow', '--base-url', server.url, '--json'], { cwd: directory.path })
  const linesAt = async () => {
    const { project } = await server.ask<{ project: { run: { historyLineCount: number } | null } | null }>(
      `{ project(name: "demo", entityName: "local") { run(name: "${run.id}") { historyLineCount } } }`,
    )
    return project?.run?.historyLineCount
  }
  await expect.poll(linesAt, { timeout: 20_000 }).toBe(1)
  run.log({ loss: 1 })
  await expect.poll(linesAt, { timeout: 20_000 }).toBe(2)
  await run.finish()
  expect((await command.exited).exitCode).toBe(0)
  expect(linesOf(command.stdout)).toMatchObject([{ runId: run.id, historyRowCount: 2, isFinished: true }])
})
