import type { RunRow } from '@lossline/store'
import { parseConsoleLine } from '../domain/console-line.ts'
import type { WandbServices, WireObject } from './context.ts'
import { parseCursor } from './pages.ts'

export interface LogLinesArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
}

/** Lines in one answer, whatever is asked for. */
const pageLineCountMax = 10_000

/**
 * `logLines`: a page of console lines, ascending. Lines that never arrived are empty, because the client takes it that
 * line numbers go without a gap up to `logLineCount`.
 */
export async function toLogLines(run: RunRow, services: WandbServices, args: LogLinesArguments): Promise<WireObject> {
  const end = Math.min(run.logLineCount, args.before == null ? run.logLineCount : parseCursor(args.before) - 1)
  const wanted = Math.min(args.last ?? args.first ?? pageLineCountMax, pageLineCountMax)
  const from = args.last == null ? parseCursor(args.after) : Math.max(0, end - wanted)
  const to = Math.max(from, Math.min(end, from + wanted))
  const found = to > from ? await services.store.lines({ run: run.id, from, limit: to - from }) : []
  const texts = new Map(found.map((line) => [line.number, line.text]))
  const edges = Array.from({ length: to - from }, (_, i) => {
    const number = from + i
    const line = parseConsoleLine(texts.get(number) ?? '')
    const node = {
      number,
      timestamp: line.timestamp ?? null,
      level: line.level === 'error' ? 'error' : null,
      label: line.label ?? null,
      line: line.text,
    }
    return { node, cursor: String(number + 1) }
  })
  return {
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: to < run.logLineCount,
      hasPreviousPage: from > 0,
    },
  }
}
