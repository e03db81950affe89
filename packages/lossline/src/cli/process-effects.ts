import { spawn } from 'node:child_process'
import type { Effects } from './effects.ts'
import { exitCodes } from './exit-codes.ts'
import { readPipedLine } from './read-piped-line.ts'

/** Effects on this process. Installs handlers of SIGINT and SIGTERM. */
export function createProcessEffects(): Effects {
  const stopping = new AbortController()
  const onSignal = (): void => {
    // Whoever asks twice does not want to wait for a graceful end.
    if (stopping.signal.aborted) process.exit(exitCodes.interrupted)
    stopping.abort()
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  for (const stream of [process.stdout, process.stderr]) stream.on('error', onWriteError)
  return {
    print: (line) => void process.stdout.write(`${line}\n`),
    note(line) {
      showProgress(undefined)
      process.stderr.write(`${line}\n`)
    },
    showProgress,
    isInteractive: process.stdout.isTTY === true,
    writeBytes: (part) =>
      new Promise((resolve, reject) => process.stdout.write(part, (error) => (error ? reject(error) : resolve()))),
    readPipedLine: () => readPipedLine(process.stdin, stopping.signal),
    openUrl,
    stop: stopping.signal,
  }
}

/** Whoever reads (`head`, a pager) has seen enough: nobody is there to be told anything, as for any program of a shell. */
function onWriteError(error: Error): void {
  if ('code' in error && error.code === 'EPIPE') process.exit(exitCodes.success)
  throw error
}

let shownProgress = ''

function showProgress(line: string | undefined): void {
  if (!process.stderr.isTTY || (line ?? '') === shownProgress) return
  // A line that wraps could not be taken away again.
  shownProgress = (line ?? '').slice(0, process.stderr.columns - 1)
  process.stderr.write(`\r\u001b[K${shownProgress}`)
}

function openUrl(url: string): void {
  const [program, ...args] = openerOf(process.platform)
  const child = spawn(program, [...args, url], { stdio: 'ignore', detached: true })
  child.once('error', () => {})
  child.unref()
}

function openerOf(platform: NodeJS.Platform): [program: string, ...args: string[]] {
  if (platform === 'darwin') return ['open']
  // The empty argument is the title that `start` would otherwise take the URL for.
  if (platform === 'win32') return ['cmd', '/c', 'start', '']
  return ['xdg-open']
}
