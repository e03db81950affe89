import type { FinishReport, JournalProblem } from '@lossline/journal'
import { isJsonObject, type JsonObject, joinHint } from '@lossline/protocol'
import { describeUnsent } from './describe-unsent.ts'

/** How much is printed. */
export type Verbosity = 'all' | 'warnings' | 'nothing'

/** Prints lines for the user, each with the program's name in front. */
export interface Messenger {
  info(line: string): void
  warn(line: string): void
  /** Whether {@link info} prints. */
  readonly isTalkative: boolean
}

export function createMessenger(print: (line: string) => void, verbosity: Verbosity): Messenger {
  return {
    isTalkative: verbosity === 'all',
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
  /** Metrics that have a line of their own. */
  readonly described?: readonly string[]
}): string {
  const outcome = options.exitCode === 0 ? 'finished' : `failed with exit code ${options.exitCode}`
  const rows = `${options.rowCount.toLocaleString('en')} ${options.rowCount === 1 ? 'row' : 'rows'}`
  const metrics = toNumbers(options.summary)
    .filter(([key]) => !options.described?.some((name) => key === name || key.startsWith(`${name}.`)))
    .map(([key, value]) => `${key} ${Number(value.toPrecision(4))}`)
  const shown = metrics.slice(0, metricsShownMax)
  if (metrics.length > shown.length) shown.push(`and ${metrics.length - shown.length} more`)
  const parts = [
    `${options.name} (${options.id}) ${outcome}: ${rows} in ${describeDuration(options.durationMs)}`,
    ...shown,
  ]
  return parts.join(', ')
}

/**
 * The numbers of a summary with their paths. W&B's own, those of the program that begin with `_`, and what is inside images
 * and other objects that say what they are, are left out.
 */
function toNumbers(summary: JsonObject, prefix = ''): [key: string, value: number][] {
  return Object.entries(summary).flatMap(([key, value]): [string, number][] => {
    if (prefix === '' && key.startsWith('_')) return []
    if (typeof value === 'number') return [[`${prefix}${key}`, value]]
    return isJsonObject(value) && value._type === undefined ? toNumbers(value, `${prefix}${key}.`) : []
  })
}

/** A line for each thing that went wrong with the disk or the server, as it stands at the end. */
export function describeTrouble({ problems, sync, droppedMediaCount }: FinishReport): string[] {
  const isSending = (problem: JournalProblem): boolean => problem.reason === 'send-failed'
  const lines = withoutRepeatedMedia(problems)
    .filter((problem) => !isSending(problem))
    .map(({ message, hint }) => joinHint(message, hint))
  if (droppedMediaCount > 1) lines.push(`${droppedMediaCount} media values were left out of their rows.`)
  if (sync === undefined) return lines
  if (!sync.isComplete) {
    const reason = joinHint(sync.message ?? 'it has not answered in time', undefined).replace(/\.$/, '')
    const hint = sync.hint === undefined ? undefined : `To send it: ${sync.hint}`
    const trouble = joinHint(`The server does not have all of the run: ${reason}.`, hint)
    return [...lines, ...describeUnsent(sync.unsent), trouble]
  }
  return problems.some(isSending) ? [...lines, 'The server was away for a while; it has all of the run now.'] : lines
}

/** One media value that was left out stands for all: their number is said behind. */
function withoutRepeatedMedia(problems: readonly JournalProblem[]): readonly JournalProblem[] {
  const first = problems.findIndex(({ reason }) => reason === 'media-failed')
  return problems.filter(({ reason }, index) => reason !== 'media-failed' || index === first)
}

function describeDuration(durationMs: number): string {
  const seconds = durationMs / 1000
  if (seconds < 10) return `${seconds.toFixed(1)} s`
  if (seconds < 120) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  return minutes < 120 ? `${minutes} min` : `${(minutes / 60).toFixed(1)} h`
}
