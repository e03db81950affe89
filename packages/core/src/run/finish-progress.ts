import type { SendingProgress } from '@lossline/journal'
import type { Terminal } from '../platform.ts'
import { countOf, sizeOf } from './amounts.ts'

/** Shows what `finish` waits for. */
export interface FinishProgress {
  update(progress: SendingProgress): void
  /** Takes the line away. */
  close(): void
}

export interface OpenFinishProgressOptions {
  /** `undefined` where the text does not go to a terminal: then there is a line now and then. */
  readonly terminal: Terminal | undefined
  /** How long the wait may last. */
  readonly timeoutMs: number
  printLine(line: string): void
  every(intervalMs: number, action: () => void): () => void
}

const redrawIntervalMs = 200
// Most runs are sent in less time than it takes to read a line.
const firstDrawAfterMs = 300
const lineIntervalMs = 10_000

/** Begins to show it. Nothing is shown of a wait that is short. */
export function openFinishProgress(options: OpenFinishProgressOptions): FinishProgress {
  const { terminal, timeoutMs } = options
  const nowMs = () => performance.now()
  const startedAtMs = nowMs()
  let latest: SendingProgress | undefined

  const toText = (): string => {
    const leftMs = Math.max(0, timeoutMs - (nowMs() - startedAtMs))
    return `${describeProgress(latest)}, ${Math.ceil(leftMs / 1000)} s left`
  }

  function redraw(screen: Terminal): void {
    if (nowMs() - startedAtMs < firstDrawAfterMs) return
    screen.redraw(fit(`lossline: ${toText()} (Ctrl-C: stop waiting, nothing is lost)`, screen.columns))
  }

  const end =
    terminal === undefined
      ? options.every(lineIntervalMs, () => options.printLine(toText()))
      : options.every(redrawIntervalMs, () => redraw(terminal))

  return {
    update(progress) {
      latest = progress
    },
    close() {
      end()
      terminal?.redraw('')
    },
  }
}

function describeProgress(progress: SendingProgress | undefined): string {
  if (progress === undefined) return 'waiting for the server'
  const { rowCount, fileCount, artifactCount, bytes, isAtLeast } = progress.unsent
  const counts = [
    ...(rowCount === 0 ? [] : [countOf(rowCount, 'row')]),
    ...(fileCount === 0 ? [] : [countOf(fileCount, 'file')]),
    ...(artifactCount === 0 ? [] : [countOf(artifactCount, 'artifact')]),
  ]
  if (counts.length === 0) return 'sending the end of the run'
  const size = bytes === 0 ? '' : ` (${sizeOf(bytes)})`
  return `sending: ${isAtLeast ? 'at least ' : ''}${counts.join(', ')}${size} to go`
}

/** A line that is longer than the terminal is wide cannot be redrawn. */
function fit(line: string, columns: number): string {
  return line.length < columns ? line : `${line.slice(0, Math.max(1, columns - 2))}…`
}
