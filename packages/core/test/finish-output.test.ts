import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { openMuteServer } from './loopback-server.ts'
import { readRun } from './read-run.ts'

const program = new URL('programs/finish-output.ts', import.meta.url)
const blocks = /[▁▂▃▄▅▆▇█]{8,}/

function hasScriptCommand(): boolean {
  try {
    return execFileSync('script', ['--version'], { encoding: 'utf8' }).includes('util-linux')
  } catch {
    return false
  }
}
const isTerminalPossible = process.platform === 'linux' && hasScriptCommand()
if (!isTerminalPossible) console.warn('Not tested on a terminal: there is no util-linux `script` here.')

/** Runs the program on a pseudo-terminal of 120 columns; what is written to its input is typed there. */
function openTerminalProgram(directory: string, env: Record<string, string>) {
  const node = `'${process.execPath}' --conditions=source --disable-warning=ExperimentalWarning '${fileURLToPath(program)}'`
  const child: ChildProcess = spawn('script', ['-qefc', `stty cols 120 && exec ${node}`, '/dev/null'], {
    cwd: directory,
    env: { ...process.env, LOSSLINE_SILENT: '', TERM: 'xterm', ...env },
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  let output = ''
  const waiters = new Set<() => void>()
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output += text
    for (const look of [...waiters]) look()
  })
  const closed = new Promise<number | null>((resolve) => child.once('close', resolve))
  return {
    closed,
    get output() {
      return output
    },
    type: (text: string) => void child.stdin?.write(text),
    waitFor: (pattern: RegExp) =>
      new Promise<void>((resolve, reject) => {
        const look = (): void => {
          if (pattern.test(output)) resolve()
        }
        waiters.add(look)
        void closed.then(() => reject(new Error(`ended without ${pattern}:\n${output}`)))
        look()
      }),
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await closed
    },
  }
}

describe('through a pipe', () => {
  test('the end is told in plain text: metrics with their figures, counters last, constants in the first line', async () => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(program, { cwd: directory.path, env: { LOSSLINE_SILENT: undefined } })
    await child.exited
    const [, first, ...rest] = child.stderr.trimEnd().split('\n')
    expect(first).toMatch(/finished: 200 rows in [\d.]+ s, constant 3$/)
    expect(rest).toEqual([
      'lossline:   loss   last 0.005, min 0.005, max 1',
      'lossline:   epoch  last 199, min 0, max 199',
      'lossline: to see it: npx lossline serve',
    ])
  })

  test.each(['LOSSLINE_QUIET', 'LOSSLINE_SILENT'])('nothing of it with %s', async (variable) => {
    await using directory = await openTemporaryDirectory()
    await using child = spawnScript(program, {
      cwd: directory.path,
      env: { LOSSLINE_SILENT: undefined, [variable]: 'true' },
    })
    await child.exited
    expect(child.stderr).toBe('')
  })
})

describe.skipIf(!isTerminalPossible)('on a terminal', () => {
  test('each metric that changed has a picture of its course', async () => {
    await using directory = await openTemporaryDirectory()
    await using terminal = openTerminalProgram(directory.path, {})
    expect(await terminal.closed).toBe(0)
    expect(terminal.output).toMatch(/ {2}loss {3}█[▁▂▃]+ {2}last 0\.005/)
    expect(terminal.output.match(/ {2}epoch {2}(\S+)/)?.[1]).toMatch(blocks)
  })

  test('Ctrl-C ends the wait for a server, keeps everything and says how to send it', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await openMuteServer()
    const env = { LOSSLINE_BASE_URL: server.url, LOSSLINE_API_KEY: 'k'.repeat(40) }
    await using terminal = openTerminalProgram(directory.path, env)
    await terminal.waitFor(/\d+ s left \(Ctrl-C: stop waiting, nothing is lost\)/)
    terminal.type('\x03')
    await terminal.closed
    expect(terminal.output).toMatch(/Still to be sent: 200 rows/)
    expect(terminal.output).toMatch(/To send it: npx lossline sync --base-url \S+ \S+/)
    const run = await readRun(directory.path)
    expect(run.rows).toHaveLength(200)
    // The run itself was over when Ctrl-C came.
    expect(run.exitCode).toBe(0)
  })

  test('a second Ctrl-C ends the program at once', async () => {
    await using directory = await openTemporaryDirectory()
    await using server = await openMuteServer()
    const env = { LOSSLINE_BASE_URL: server.url, LOSSLINE_API_KEY: 'k'.repeat(40), PROGRAM_PAUSES: 'true' }
    await using terminal = openTerminalProgram(directory.path, env)
    await terminal.waitFor(/pausing/)
    terminal.type('\x03')
    // The first one ends the run, and waits up to five seconds for the server.
    await terminal.waitFor(/\d+ s left/)
    terminal.type('\x03')
    await terminal.closed
    expect(terminal.output).not.toMatch(/finished/)
    const run = await readRun(directory.path)
    expect(run.rows).toHaveLength(200)
    expect(run.exitCode).toBe(130)
  })
})
