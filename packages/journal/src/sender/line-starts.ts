import type { FileStreamRequest, RunState } from '@lossline/protocol'
import { countSentLines } from './sent-lines.ts'
import type { ServerSession } from './server-session.ts'

/** Number of a journal's first line among the lines of its run, by kind. */
export interface LineStarts {
  readonly history: number
  readonly events: number
  readonly console: number
}

/** Nothing comes before. */
export const noStarts: LineStarts = { history: 0, events: 0, console: 0 }

/**
 * Only a run that goes on has lines before ours, and behind those the server may have some of ours already. Any other run's lines have their own place, however often they come; and so
 * have all where the server tells the writers apart.
 *
 * @throws SendError
 */
export async function findLineStarts(
  { run = {} }: RunState,
  session: ServerSession,
  journalPath: string,
): Promise<LineStarts> {
  const { resumed, forked, branchPoint } = run
  if (session.numbersLinesByWriter || !(resumed || forked || branchPoint)) return noStarts
  const there = await session.readServerLines()
  const sent = await countSentLines(journalPath, there)
  const before = (count: number, sentCount: number): number => Math.max(0, count - sentCount)
  return {
    history: before(there.historyCount || session.historyLineCount, sent.history),
    // Of a fork, only rows are taken over.
    events: resumed ? before(there.eventCount, sent.events) : 0,
    console: resumed ? before(there.consoleCount, sent.console) : 0,
  }
}

/** The request with its lines at their place in the run. */
export function withLineStarts(request: FileStreamRequest, starts: LineStarts | undefined): FileStreamRequest {
  const { files } = request
  if (files === undefined || starts === undefined || starts === noStarts) return request
  return { ...request, files: moveLines(files, starts) }
}

function moveLines(
  files: NonNullable<FileStreamRequest['files']>,
  starts: LineStarts,
): NonNullable<FileStreamRequest['files']> {
  const byName: Readonly<Record<string, number>> = {
    'wandb-history.jsonl': starts.history,
    'wandb-events.jsonl': starts.events,
    'output.log': starts.console,
  }
  return Object.fromEntries(
    Object.entries(files).map(([name, chunk]) => [name, { ...chunk, offset: chunk.offset + (byName[name] ?? 0) }]),
  )
}
