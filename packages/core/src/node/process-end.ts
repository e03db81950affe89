import { constants } from 'node:os'
import { inspect } from 'node:util'
import type { ProcessEndHooks, ProcessEndWatch } from '../platform.ts'

const signals = ['SIGINT', 'SIGTERM'] as const

const watchers = new Set<ProcessEndHooks>()
let areSignalsWatched = false
let isEndingBySignal = false

/**
 * Watches for the end of the process on behalf of a run. Exit codes, printed errors, and the listeners of the program
 * stay as they are. A signal for which the program has listeners of its own is left to them.
 *
 * Node delivers a signal to a listener only when the event loop turns, and with a listener Ctrl-C no longer ends the
 * process. In a loop that never yields the user could not stop it any more. So the listeners have to go while the loop
 * stands still, and come back when it turns.
 */
export function watchProcessEnd(hooks: ProcessEndHooks): ProcessEndWatch {
  watchers.add(hooks)
  if (watchers.size === 1) start()
  return {
    letSignalsThrough,
    watchSignals,
    close() {
      if (watchers.delete(hooks) && watchers.size === 0) stop()
    },
  }
}

function start(): void {
  process.on('exit', onExit)
  process.on('beforeExit', onIdle)
  process.on('uncaughtExceptionMonitor', onUncaughtError)
  // At once: a signal in the turn of init must not take the rows with it that the writing thread has not seen yet.
  watchSignals()
}

function stop(): void {
  process.off('exit', onExit)
  process.off('beforeExit', onIdle)
  process.off('uncaughtExceptionMonitor', onUncaughtError)
  letSignalsThrough()
}

function watchSignals(): void {
  if (areSignalsWatched || isEndingBySignal || watchers.size === 0) return
  areSignalsWatched = true
  // First in line, to still see the listeners that go away when they are called.
  for (const signal of signals) process.prependListener(signal, onSignal)
}

function letSignalsThrough(): void {
  areSignalsWatched = false
  for (const signal of signals) process.off(signal, onSignal)
}

function onExit(exitCode: number): void {
  for (const hooks of [...watchers]) hooks.onExit(exitCode)
}

function onIdle(): void {
  for (const hooks of [...watchers]) hooks.onIdle()
}

function onUncaughtError(error: unknown, origin: string): void {
  const text = origin === 'unhandledRejection' ? `Unhandled rejection: ${inspect(error)}` : `Uncaught ${inspect(error)}`
  for (const hooks of [...watchers]) hooks.onUncaughtError(`${text}\n`)
}

function onSignal(signal: NodeJS.Signals): void {
  // The program's own listeners decide what a signal means; the exit they may choose is recorded like any other.
  if (process.listenerCount(signal) > 1) return
  const exitCode = 128 + constants.signals[signal]
  const pending = isEndingBySignal ? [] : [...watchers].map((hooks) => hooks.onSignal(exitCode))
  isEndingBySignal = true
  const waiting = pending.filter((promise) => promise !== undefined)
  if (waiting.length === 0) endBySignal(signal)
  else void Promise.allSettled(waiting).then(() => endBySignal(signal))
}

/** Without a listener the signal does what it always does, and the parent sees its name. */
function endBySignal(signal: NodeJS.Signals): void {
  letSignalsThrough()
  process.kill(process.pid, signal)
}
