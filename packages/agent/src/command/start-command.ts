import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import type { StartedTrial, TrialEnd } from '../loop/trial.ts'

/** A program to start. */
export interface CommandOptions {
  readonly words: readonly string[]
  readonly environment: NodeJS.ProcessEnv
  /** Its output, as it comes. */
  onOutput(part: Buffer): void
  onStarted(pid: number): void
  /** It is ended when it has run for so long. */
  readonly timeoutMs: number | undefined
}

/** How long output is waited for after the end. */
const outputWaitMs = 1000
/** Longer timers end at once. */
const timerMsMax = 2 ** 31 - 1

// Whoever ends the agent a second time wants all of it gone. A killed agent cannot say so: its programs go on.
const atExit = new Set<() => void>()
process.on('exit', () => {
  for (const kill of atExit) kill()
})

/**
 * Starts a program in a process group of its own, so that a signal reaches also what it starts. It goes on when the agent is killed.
 * The first wish that it ends is SIGTERM, the next one SIGKILL.
 */
export function startCommand({ words, environment, onOutput, onStarted, timeoutMs }: CommandOptions): StartedTrial {
  const [file = '', ...args] = words
  const isGroup = process.platform !== 'win32'
  const child = spawn(file, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'], detached: isGroup })
  if (child.pid !== undefined) onStarted(child.pid)
  child.stdout.on('data', onOutput)
  child.stderr.on('data', onOutput)
  let isStopWanted = false
  let isTooLong = false

  const signal = (name: 'SIGTERM' | 'SIGKILL'): void => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
    try {
      if (isGroup) process.kill(-child.pid, name)
      else child.kill(name)
    } catch {
      // It has just ended.
    }
  }
  const stop = (): void => {
    signal(isStopWanted ? 'SIGKILL' : 'SIGTERM')
    isStopWanted = true
  }
  const kill = (): void => signal('SIGKILL')
  atExit.add(kill)
  const timer =
    timeoutMs === undefined
      ? undefined
      : setTimeout(
          () => {
            isTooLong = true
            signal('SIGKILL')
          },
          Math.min(timeoutMs, timerMsMax),
        )

  const ended = new Promise<TrialEnd>((resolve) => {
    child.once('error', (error) => resolve({ outcome: 'failed', reason: `it could not be started: ${error.message}` }))
    child.once('exit', (exitCode, signalName) => {
      const end = (): void => {
        child.stdout.destroy()
        child.stderr.destroy()
        if (isTooLong) resolve({ outcome: 'failed', reason: `it took longer than ${timeoutMs! / 1000} s` })
        else if (exitCode === 0) resolve({ outcome: isStopWanted ? 'stopped' : 'finished' })
        else if (isStopWanted) resolve({ outcome: 'stopped' })
        else resolve({ outcome: 'failed', reason: describeExit(exitCode, signalName) })
      }
      // What it has started may hold its output open: nobody waits long for that.
      const timer = setTimeout(end, outputWaitMs)
      child.once('close', () => {
        clearTimeout(timer)
        end()
      })
    })
  }).finally(() => {
    clearTimeout(timer)
    atExit.delete(kill)
  })
  return {
    ended,
    stop,
    kill() {
      isStopWanted = true
      kill()
    },
  }
}

function describeExit(exitCode: number | null, signalName: NodeJS.Signals | null): string {
  if (signalName === null) return `exit code ${exitCode}`
  return `ended by ${signalName} (${constants.signals[signalName]})`
}
