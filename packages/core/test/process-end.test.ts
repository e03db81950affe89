import { execFileSync } from 'node:child_process'
import { rm, stat, writeFile } from 'node:fs/promises'
import { openTemporaryDirectory, spawnScript, until } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { type RunOnDisk, readRun } from './read-run.ts'

const program = new URL('programs/training.ts', import.meta.url)

/** Runs the training program to its end and reads what it left. */
async function train(...args: string[]) {
  await using directory = await openTemporaryDirectory()
  await using child = spawnScript(program, { args, cwd: directory.path })
  const exit = await child.exited
  return { ...exit, stdout: child.stdout, stderr: child.stderr, run: await readRun(directory.path) }
}

/** Row numbers that a run holds must be 0, 1, 2 … without a gap. */
function countRows(run: RunOnDisk): number {
  // One comparison, not one for each of a million rows.
  expect(run.rows.findIndex(({ row, _step }, index) => row !== index || _step !== index)).toBe(-1)
  return run.rows.length
}

function lastLogged(stdout: string): number {
  return Number([...stdout.matchAll(/logged (\d+)/g)].at(-1)?.[1] ?? 0)
}

describe('an end that the program chooses', () => {
  test.each([
    ['finish', 0],
    ['fall-off-the-end', 0],
    ['exit', 3],
    ['exit-code', 4],
    ['exit-while-finishing', 5],
  ])('%s keeps every row and the exit code %i', async (ending, exitCode) => {
    const { run, ...exit } = await train(ending, '20000')
    expect(exit).toMatchObject({ exitCode, signal: null })
    expect(countRows(run)).toBe(20_000)
    expect(run.exitCode).toBe(exitCode)
  })
})

describe('an error that nobody catches', () => {
  test.each([
    ['throw', 'the training broke'],
    ['reject', 'the training broke later'],
  ])('%s ends the process as ever, and is in the run', async (ending, message) => {
    const { run, exitCode, stderr } = await train(ending, '20000')
    expect(exitCode).toBe(1)
    expect(stderr).toContain(`Error: ${message}`)
    expect(stderr).toMatch(/at .*training\.ts/)
    expect(countRows(run)).toBe(20_000)
    expect(run.exitCode).toBe(1)
    expect(run.output.stderr).toContain(`Error: ${message}`)
  })

  test('one that a handler catches is no end', async () => {
    const { run, exitCode, stdout } = await train('caught', '10')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('caught')
    expect(run.exitCode).toBe(0)
  })
})

describe('a signal', () => {
  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('%s in a loop that yields: drained, recorded as %i, and the process ends by it', async (signal, code) => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(program, { args: ['yielding', '1000'], cwd: directory.path })
    await child.waitForOutput('logged 10000')
    child.send(signal)
    expect(await child.exited).toEqual({ exitCode: null, signal })
    const run = await readRun(directory.path)
    expect(countRows(run)).toBeGreaterThanOrEqual(lastLogged(child.stdout))
    expect(run.exitCode).toBe(code)
  })

  test('in the turn of init, before the writing thread has started, loses no row', async () => {
    const { run, ...exit } = await train('signal-at-once', '1000')
    expect(exit).toMatchObject({ exitCode: null, signal: 'SIGTERM' })
    expect(countRows(run)).toBe(1000)
    expect(run.exitCode).toBe(143)
  })

  test.each([
    ['SIGINT', 'stuck'],
    ['SIGTERM', 'stuck'],
    ['SIGINT', 'stuck-later'],
    ['SIGTERM', 'stuck-later'],
  ] as const)('%s in a loop that never yields ends the process (%s)', async (signal, ending) => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(program, { args: [ending, '1', '1'], cwd: directory.path })
    await child.waitForOutput('logged 10')
    // Again and again, as an impatient person does: one that comes in the first second is lost.
    const impatience = setInterval(() => child.send(signal), 200)
    expect(await child.exited).toEqual({ exitCode: null, signal })
    clearInterval(impatience)
    countRows(await readRun(directory.path))
  })

  test('for which the program has a listener is left to it', async () => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(program, { args: ['own-listener', '10'], cwd: directory.path })
    await child.waitForOutput('listening')
    child.send('SIGINT')
    expect(await child.exited).toEqual({ exitCode: 7, signal: null })
    expect((await readRun(directory.path)).exitCode).toBe(7)
  })

  test('SIGKILL at full speed leaves a file that reads to its end, without a gap', async () => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(program, { args: ['stuck', '1000'], cwd: directory.path })
    await child.waitForOutput('logged 50000')
    child.send('SIGKILL')
    await child.exited
    const run = await readRun(directory.path)
    expect(countRows(run)).toBeGreaterThan(0)
    expect(run.exitCode).toBeUndefined()
  })

  test("SIGKILL at full speed loses nothing with durability 'sync'", async () => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(program, {
      args: ['stuck', '1000'],
      cwd: directory.path,
      env: { LOSSLINE_DURABILITY: 'sync' },
    })
    await child.waitForOutput('logged 50000')
    child.send('SIGKILL')
    await child.exited
    expect(countRows(await readRun(directory.path))).toBeGreaterThanOrEqual(lastLogged(child.stdout))
  })

  test('SIGKILL between slow rows loses none that had their pause', async () => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(program, { args: ['yielding', '1', '250'], cwd: directory.path })
    await child.waitForOutput('logged 4')
    child.send('SIGKILL')
    await child.exited
    expect(countRows(await readRun(directory.path))).toBeGreaterThanOrEqual(3)
  })
})

describe('the disk', () => {
  test('a run folder that is removed comes back, and the training goes on', async () => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(program, { args: ['yielding', '1', '5'], cwd: directory.path })
    await child.waitForOutput('logged 20')
    const { directory: runDirectory } = await readRun(directory.path)
    await rm(runDirectory, { recursive: true })
    const before = lastLogged(child.stdout)
    await child.waitForOutput(`logged ${before + 300}`)
    child.send('SIGINT')
    await child.exited
    const run = await readRun(directory.path)
    expect(countRows(run)).toBeGreaterThanOrEqual(before + 300)
    expect(run.exitCode).toBe(130)
  })

  test('a full one stops nothing, and rows are written again when there is room', {
    timeout: 30_000,
  }, async (context) => {
    await using directory = await openTemporaryDirectory()
    using disk = maybeMountSmallDisk(directory.path)
    if (disk === undefined) return context.skip('mounting a small disk is not permitted here')
    await writeFile(directory.join('filler'), new Uint8Array(63 * 2 ** 20))
    await using child = spawnScript(program, {
      args: ['yielding', '1000'],
      cwd: directory.path,
      env: { LOSSLINE_SILENT: undefined },
    })
    const [warning] = await child.waitForOutput(/lossline: .*(disk|space).*/i)
    const loggedWhileFull = lastLogged(child.stdout)
    const { journalPath } = await readRun(directory.path)
    const { size } = await stat(journalPath)
    await rm(directory.join('filler'))
    // The training goes on whatever the disk does; rows reach it again once the writer has tried again.
    await until(async () => expect((await stat(journalPath)).size).toBeGreaterThan(size + 2 ** 18))
    child.send('SIGTERM')
    expect(await child.exited).toEqual({ exitCode: null, signal: 'SIGTERM' })
    // Once when it happened, and once at the end.
    expect(child.stderr.split(warning)).toHaveLength(3)

    const { rows, exitCode } = await readRun(directory.path)
    const steps = rows.map(({ _step }) => Number(_step))
    expect(steps[0]).toBe(0)
    expect(steps).toEqual([...steps].sort((one, other) => one - other))
    expect(rows.every(({ row, _step }) => row === _step)).toBe(true)
    expect(steps.at(-1)).toBeGreaterThan(loggedWhileFull)
    expect(exitCode).toBe(143)
  })
})

/** Puts an empty disk of 64 MiB in the place of a folder, where the user may. */
function maybeMountSmallDisk(path: string): Disposable | undefined {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', path], { stdio: 'ignore' })
    return { [Symbol.dispose]: () => void execFileSync('umount', ['--lazy', path]) }
  } catch {
    return undefined
  }
}
