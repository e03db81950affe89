import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { openJournalReader, readJournal } from '@lossline/journal'
import { createRunState, type WandbRecord } from '@lossline/protocol'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { describe, expect, test } from 'vitest'

const script = new URL('./logging-child.ts', import.meta.url)

function stepsOf(records: readonly WandbRecord[]): number[] {
  return records.flatMap((record) => (record.kind === 'history' ? [Number(record.history.step?.num ?? 0)] : []))
}

function range(count: number): number[] {
  return Array.from({ length: count }, (_, index) => index)
}

async function openCase() {
  const folder = await openTemporaryDirectory('lossline-crash-')
  const runDirectory = folder.join('run')
  const journalPath = folder.join('run', 'run-child.wandb')
  return {
    runDirectory,
    journalPath,
    spawn: (ending: string, ...args: string[]) => spawnScript(script, { args: [ending, runDirectory, ...args] }),
    read: () => readJournal(journalPath),
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  }
}

/** Waits until the journal, which is still being written, holds so many rows. */
async function waitForRows(journalPath: string, rowCount: number): Promise<void> {
  const abort = new AbortController()
  let count = 0
  for await (const event of openJournalReader(journalPath, { follow: { signal: abort.signal, pollIntervalMs: 5 } })) {
    if (event.kind === 'record' && event.record.kind === 'history') count += 1
    if (count >= rowCount) return
  }
}

describe('a process that ends by itself', () => {
  test.each([
    ['exit-at-once', 10, 3],
    ['exit-in-loop', 50_000, 3],
    ['throw', 5000, 1],
    ['reject', 5000, 1],
    ['end-without-finish', 5000, 0],
  ])('%s: %i rows and the exit code %i are in the journal', async (ending, rowCount, exitCode) => {
    await using run = await openCase()
    await using child = run.spawn(ending)
    expect(await child.exited).toEqual({ exitCode, signal: null })
    const { records, damage, end } = await run.read()
    expect(stepsOf(records)).toEqual(range(rowCount))
    expect({ damage, end }).toEqual({ damage: [], end: 'clean' })
    expect(records.at(-1)).toMatchObject({ kind: 'exit', exit: exitCode === 0 ? {} : { exitCode } })
    expect(records.map((record) => Number(record.num))).toEqual(range(records.length).map((index) => index + 1))
  })

  test('does not end while it awaits finish, though an earlier flush is done', async () => {
    await using run = await openCase()
    await using child = run.spawn('finish-after-unawaited-flush')
    expect(await child.exited).toEqual({ exitCode: 0, signal: null })
    expect(child.stdout).toContain('went on')
  })

  test('one that finished itself is not finished again at its exit', async () => {
    await using run = await openCase()
    await using child = run.spawn('finish-then-exit-handler')
    expect(await child.exited).toEqual({ exitCode: 0, signal: null })
    const { records } = await run.read()
    expect(records.filter((record) => record.kind === 'exit')).toHaveLength(1)
    expect(child.stdout).toContain('written 1')
  })
})

describe('a process that is killed', () => {
  test('at full speed: only what was in the ring is missing, and nothing in between', async () => {
    await using run = await openCase()
    await using child = run.spawn('never-yield')
    await child.waitForOutput(/^[0-9]{6,}$/m)
    child.send('SIGKILL')
    await child.exited
    const { records, damage } = await run.read()
    const steps = stepsOf(records)
    expect(damage).toEqual([])
    expect(steps).toEqual(range(steps.length))
    // A row of two values takes five of the ring's 131,072 cells.
    const loggedCount = Number(child.stdout.trim().split('\n').at(-1))
    expect(steps.length).toBeGreaterThanOrEqual(loggedCount - 131_072 / 5)
    // Summary records are written once a second, and what came since is counted in from the rows.
    const state = createRunState()
    for (const record of records) state.apply(record)
    let total = 0
    for (const step of steps) total += 1 / (step + 1)
    const rowCount = steps.length
    expect(state.summary()).toMatchObject({
      loss: { min: 1 / rowCount, max: 1, mean: total / rowCount },
      count: rowCount - 1,
      _step: rowCount - 1,
    })
  })

  test('at one row a second: the last one was written without a further call', async () => {
    await using run = await openCase()
    await using child = run.spawn('row-a-second')
    await child.waitForOutput('3\n')
    await waitForRows(run.journalPath, 3)
    child.send('SIGKILL')
    await child.exited
    expect(stepsOf((await run.read()).records)).toEqual([0, 1, 2])
  })

  // On a busy machine the thread may not have its turn within them. A row that really waits is missing each time.
  test('right after its first row: the row had its few milliseconds', { retry: 2 }, async () => {
    await using run = await openCase()
    await using child = run.spawn('kill-itself-early')
    expect(await child.exited).toEqual({ exitCode: null, signal: 'SIGKILL' })
    expect(stepsOf((await run.read()).records)).toEqual([0])
  })

  test("with durability 'sync': no row is missing", async () => {
    await using run = await openCase()
    await using child = run.spawn('sync-rows', 'sync')
    await child.waitForOutput(/\.{2000}/)
    child.send('SIGKILL')
    await child.exited
    const steps = stepsOf((await run.read()).records)
    expect(steps).toEqual(range(steps.length))
    expect(steps.length).toBeGreaterThanOrEqual(child.stdout.length)
  })
})

describe('a loop that never gives the event loop a turn', () => {
  test('its rows are on disk while it runs', async () => {
    await using run = await openCase()
    await using child = run.spawn('never-yield')
    await child.waitForOutput(/^[0-9]+$/m)
    await waitForRows(run.journalPath, 20_000)
    await writeFile(`${run.runDirectory}.stop`, '')
    expect(await child.exited).toEqual({ exitCode: 0, signal: null })
    const steps = stepsOf((await run.read()).records)
    expect(child.stdout).toContain(`written ${steps.length}`)
    expect(steps).toEqual(range(steps.length))
  })

  test('its directory is made again when somebody removes it, with every row', async () => {
    await using run = await openCase()
    await using child = run.spawn('never-yield')
    await child.waitForOutput(/^[0-9]+$/m)
    await rename(run.runDirectory, `${run.runDirectory}.removed`)
    await rm(`${run.runDirectory}.removed`, { recursive: true })
    while (!existsSync(run.journalPath)) await new Promise((resolve) => setTimeout(resolve, 5))
    await writeFile(`${run.runDirectory}.stop`, '')
    expect(await child.exited).toEqual({ exitCode: 0, signal: null })
    const { records, damage } = await run.read()
    const steps = stepsOf(records)
    expect(damage).toEqual([])
    expect(steps).toEqual(range(steps.length))
    expect(child.stdout).toContain(`written ${steps.length}`)
    expect(records.slice(0, 2).map((record) => record.kind)).toEqual(['header', 'run'])
  })
})
