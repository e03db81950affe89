import type { FinishReport } from '@lossline/journal'
import type { JsonObject } from '@lossline/protocol'

/** How much is printed. */
export type Verbosity = 'all' | 'warnings' | 'nothing'

/** Prints lines for the user, each with the program's name in front. */
export interface Messenger {
  info(line: string): void
  warn(line: string): void
}

export function createMessenger(print: (line: string) => void, verbosity: Verbosity): Messenger {
  return {
    info(line) {
      if (verbosity === 'all') print(`lossline: ${line}`)
    },
    warn(line) {
      if (verbosity !== 'nothing') print(`lossline: ${line}`)
    },
  }
}

const metricsShownMax = 6

/** The line at the end: name, rows, duration, exit code if it is not 0, and a few metrics. */
export function describeEnd(options: {
  readonly name: string
  readonly id: string
  readonly exitCode: number
  readonly rowCount: number
  readonly durationMs: number
  readonly summary: JsonObject
}): string {
  const outcome = options.exitCode === 0 ? 'finished' : `failed with exit code ${options.exitCode}`
  const rows = `${options.rowCount.toLocaleString('en')} ${options.rowCount === 1 ? 'row' : 'rows'}`
  const metrics = Object.entries(options.summary)
    .filter(([key, value]) => !key.startsWith('_') && typeof value === 'number')
    .map(([key, value]) => `${key} ${Number((value as number).toPrecision(4))}`)
  const shown = metrics.slice(0, metricsShownMax)
  if (metrics.length > shown.length) shown.push(`and ${metrics.length - shown.length} more`)
  const parts = [
    `${options.name} (${options.id}) ${outcome}: ${rows} in ${describeDuration(options.durationMs)}`,
    ...shown,
  ]
  return parts.join(', ')
}

/** A line for each thing that went wrong with the disk or the server, as it stands at the end. */
export function describeTrouble({ problems, sync }: FinishReport): string[] {
  const lines = problems.map(({ message, hint }) => joinHint(message, hint))
  if (sync === undefined || sync.isComplete) return lines
  return [...lines, joinHint(sync.message ?? 'The server does not have all of the run yet.', sync.hint)]
}

/** A message and what to do about it, in one line. */
export function joinHint(message: string, hint: string | undefined): string {
  return hint === undefined ? message : `${message} ${hint}`
}

function describeDuration(durationMs: number): string {
  const seconds = durationMs / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}
