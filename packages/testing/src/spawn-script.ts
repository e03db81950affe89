import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Where and with what a script runs. */
export interface SpawnScriptOptions {
  /** Arguments of the script. Default: none. */
  readonly args?: readonly string[]
  /** Added to this process's environment; `undefined` removes a variable. Default: nothing changes. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Working directory. Default: this process's. */
  readonly cwd?: string
  /** Text that the script finds on its standard input. Default: nothing. */
  readonly input?: string
  /** Options of Node itself, added to those that choose how packages are loaded. Default: none. */
  readonly nodeArgs?: readonly string[]
}

/** How a process ended: one of the two is `null`. */
export interface ScriptExit {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
}

/** A child process that runs a script, and what it has printed so far. */
export interface SpawnedScript extends AsyncDisposable {
  readonly pid: number
  /** All of its standard output so far, as UTF-8. */
  readonly stdout: string
  /** All of its standard error so far, as UTF-8. */
  readonly stderr: string
  /** Resolves when the process is gone and its output is read to the end. Never rejects. */
  readonly exited: Promise<ScriptExit>
  /** Sends a signal; does nothing once the process is gone. */
  send(signal: NodeJS.Signals): void
  /**
   * Resolves with the first match in standard output or, failing that, standard error.
   *
   * @throws Error with both outputs in it, when the process ends without having printed it.
   */
  waitForOutput(pattern: RegExp | string): Promise<RegExpMatchArray>
}

/**
 * Runs a JavaScript or TypeScript file in a child process of the same Node, with the workspace's packages loaded from
 * source, or as they are built where `LOSSLINE_TEST_BUILT` says that this was just done. Disposing kills it and waits until
 * it is gone.
 *
 * @param script - Path or `file:` URL. TypeScript must be erasable, as Node strips types without compiling.
 */
export function spawnScript(script: string | URL, options: SpawnScriptOptions = {}): SpawnedScript {
  const file = script instanceof URL ? fileURLToPath(script) : script
  const nodeArgs = [...packageArgs(), '--disable-warning=ExperimentalWarning', ...(options.nodeArgs ?? [])]
  const child = spawn(process.execPath, [...nodeArgs, file, ...(options.args ?? [])], {
    cwd: options.cwd,
    env: { ...process.env, ...options.env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // A script that ends without reading it must not end the test.
  child.stdin.on('error', () => {})
  child.stdin.end(options.input ?? '')

  const output = { stdout: '', stderr: '' }
  const waiters = new Set<() => void>()
  const collect = (stream: 'stdout' | 'stderr'): void => {
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      output[stream] += text
      for (const wake of [...waiters]) wake()
    })
  }
  collect('stdout')
  collect('stderr')

  let isGone = false
  const exited = new Promise<ScriptExit>((resolve) => {
    const settle = (exit: ScriptExit): void => {
      isGone = true
      resolve(exit)
      for (const wake of [...waiters]) wake()
    }
    child.once('close', (exitCode, signal) => settle({ exitCode, signal }))
    child.once('error', (error) => {
      output.stderr += `${error.message}\n`
      if (child.pid === undefined) settle({ exitCode: null, signal: null })
    })
  })

  const waitForOutput = (pattern: RegExp | string): Promise<RegExpMatchArray> =>
    new Promise((resolve, reject) => {
      const expression = typeof pattern === 'string' ? literal(pattern) : pattern
      const look = (): void => {
        const match = output.stdout.match(expression) ?? output.stderr.match(expression)
        if (match === null && !isGone) return
        waiters.delete(look)
        if (match !== null) resolve(match)
        else reject(new Error(`${file} ended without printing ${pattern}.\n${output.stdout}\n${output.stderr}`))
      }
      waiters.add(look)
      look()
    })

  return {
    pid: child.pid ?? -1,
    get stdout() {
      return output.stdout
    },
    get stderr() {
      return output.stderr
    },
    exited,
    send: (signal) => void child.kill(signal),
    waitForOutput,
    async [Symbol.asyncDispose]() {
      if (!isGone) child.kill('SIGKILL')
      await exited
    },
  }
}

function literal(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'))
}

/** Packages have hundreds of files of source, which take a process most of a second to load; built, each is one. */
function packageArgs(): readonly string[] {
  return process.env.LOSSLINE_TEST_BUILT ? [] : ['--conditions=source']
}
