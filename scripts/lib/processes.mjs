import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { root } from './paths.mjs'

// npm and pnpm are command files on Windows, which only a shell starts.
const shell = process.platform === 'win32'

/**
 * Runs a program silently and collects what it prints.
 *
 * @returns {Promise<{ exitCode: number, output: string }>} standard output and error together; 127 when it cannot start
 */
export function runQuietly(program, args, { env = process.env, cwd = root, onText = () => {} } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] })
    const stop = forwardSignals(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
        onText(text)
      })
    }
    child.once('error', (error) => {
      stop()
      resolve({ exitCode: 127, output: `${output}${error.message}\n` })
    })
    child.once('close', (exitCode, signal) => {
      stop()
      if (signal !== null && interrupted) process.kill(process.pid, signal)
      resolve({ exitCode: exitCode ?? 1, output })
    })
  })
}

/**
 * Runs a program with this process's own input and output, and passes signals on to it. When a signal that was passed on
 * ends it, the same signal ends this process.
 *
 * @returns {Promise<number>} its exit code; 128 and the signal's number when a signal from elsewhere ended it
 */
export function runInForeground(program, args, env, { timeoutMs } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { env, stdio: 'inherit', timeout: timeoutMs, killSignal: 'SIGKILL' })
    const stopForwarding = forwardSignals(child)
    const stopWatching = watchParent(() => child.kill('SIGTERM'))
    const stop = () => {
      stopForwarding()
      stopWatching()
    }
    child.once('error', (error) => {
      stop()
      reject(error)
    })
    child.once('exit', (exitCode, signal) => {
      stop()
      if (signal !== null && interrupted) process.kill(process.pid, signal)
      resolve(exitCode ?? 128 + constants.signals[signal])
    })
  })
}

let interrupted = false

/** Hands signals for this process to the child while it runs, so that it can end in its own way. */
function forwardSignals(child) {
  const forward = (signal) => {
    interrupted = true
    // Ctrl-C in a terminal reaches the whole process group by itself: a second one would read as impatience.
    if (signal === 'SIGINT' && process.stdin.isTTY) return
    child.kill(signal)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, forward)
  return () => {
    for (const signal of signals) process.off(signal, forward)
  }
}

/**
 * npm passes a signal to the shell it runs scripts with, and that shell just dies of it. So a script that npm started
 * ends its child when its own parent is gone.
 */
function watchParent(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return () => {}
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onGone()
  }, 500)
  timer.unref()
  return () => clearInterval(timer)
}
