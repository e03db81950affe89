import { isJsonObject, type JsonValue, parseJson, stringifyJson } from '@lossline/protocol'
import type { RunOrder, RunPosition, RunPredicate, RunRow } from '@lossline/store'
import type { Runs } from '../domain/runs.ts'
import { ServerError } from '../errors.ts'
import type { Connection, PageArguments } from './pages.ts'

/** Which runs of which project, and in what order; without one, newest first. */
export interface WantedRuns {
  readonly entity: string
  readonly project: string
  readonly filter: RunPredicate | undefined
  readonly order: RunOrder | undefined
}

/**
 * `RunConnection`: `first` runs (default 50) behind the cursor `after`. Cursors name places in the order and stay good when runs
 * come, change or go.
 *
 * @throws {@link ServerError} `invalid-request` for a cursor that is none of ours.
 */
export async function listRunPage<T>(
  runs: Runs,
  { entity, project, filter, order }: WantedRuns,
  { first, after }: PageArguments,
  toNode: (run: RunRow) => T,
): Promise<Omit<Connection<T>, 'totalCount'>> {
  const count = Math.max(0, first ?? 50)
  const behind = after ? parseRunCursor(after) : undefined
  // One more tells whether there is another page.
  const page = await runs.list({
    entity,
    project,
    ...(filter && { filter }),
    ...(order && { order }),
    ...(behind && { after: behind }),
    limit: count + 1,
  })
  const edges = page.runs.slice(0, count).map((run, index) => ({
    node: toNode(run),
    cursor: toRunCursor(page.positions[index]!),
  }))
  return {
    edges,
    pageInfo: {
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
      hasNextPage: page.runs.length > count,
      hasPreviousPage: behind !== undefined,
    },
  }
}

function toRunCursor({ id, value }: RunPosition): string {
  return Buffer.from(stringifyJson(value === undefined ? { id } : { id, value })).toString('base64url')
}

function parseRunCursor(cursor: string): RunPosition {
  const position = parseOrUndefined(Buffer.from(cursor, 'base64url').toString('utf8'))
  if (isJsonObject(position) && typeof position.id === 'number' && Number.isSafeInteger(position.id)) {
    const { id, value } = position
    if (value === undefined || (value !== null && typeof value !== 'object')) return { id, value }
  }
  throw new ServerError({
    code: 'invalid-request',
    message: `"${cursor.slice(0, 60)}" is no cursor of this list.`,
    hint: 'Send the cursor of an edge, or none for the first page.',
  })
}

function parseOrUndefined(text: string): JsonValue | undefined {
  try {
    return parseJson(text)
  } catch {
    return undefined
  }
}
