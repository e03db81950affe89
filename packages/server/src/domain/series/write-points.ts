import { csvField, lowerBound, type SeriesPointsRequest, upperBound } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { askedRuns } from './asked-runs.ts'
import type { Breathe } from './breathe.ts'
import type { LoadPoints } from './load-points.ts'
import { pointsOf, xKey } from './points-query.ts'

/** Points that become one piece of text. */
const pieceLength = 4096

/** Every point of a metric of runs as text, piece by piece: so much of it never lies in memory. Runs that do not exist are left out. */
export async function* writePoints(
  { store, loadPoints }: { readonly store: Store; readonly loadPoints: LoadPoints },
  request: SeriesPointsRequest,
  breathe: Breathe,
): AsyncGenerator<string> {
  const { format, key, expression } = request
  const what = pointsOf(request)
  const hasProjects = request.others !== undefined
  const writer =
    format === 'csv'
      ? createCsvWriter(xNameOf(request), key ?? expression ?? '', hasProjects)
      : createJsonWriter(hasProjects)
  yield writer.head
  for (const at of askedRuns(request)) {
    const run = await store.run(at)
    if (run === undefined) continue
    const { x, y } = await loadPoints({ ...what, run })
    const [from, to] = request.range ?? [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]
    const end = upperBound(x, to)
    for (let point = lowerBound(x, from); point < end; point += pieceLength) {
      yield writer.rows(
        run,
        x.subarray(point, Math.min(end, point + pieceLength)),
        y.subarray(point, Math.min(end, point + pieceLength)),
      )
      await breathe()
    }
  }
  yield writer.foot
}

/** What the column of x is called. */
function xNameOf({ x }: SeriesPointsRequest): string {
  // W&B's word for it; nobody logs it.
  if (x.kind === 'relative-wall') return '_absolute_runtime'
  return xKey(x) ?? (x.kind === 'expression' ? x.expression : '_step')
}

interface PointsWriter {
  readonly head: string
  readonly foot: string
  rows(run: RunRow, x: Float64Array, y: Float64Array): string
}

function createCsvWriter(xName: string, valueName: string, hasProjects: boolean): PointsWriter {
  return {
    head: `${[...(hasProjects ? ['project'] : []), 'run', 'run id', xName, valueName].map(csvField).join(',')}\r\n`,
    foot: '',
    rows({ entity, project, displayName, runId }, x, y) {
      const place = hasProjects ? `${csvField(`${entity}/${project}`)},` : ''
      const names = `${place}${csvField(displayName)},${csvField(runId)}`
      let text = ''
      for (let i = 0; i < x.length; i++) text += `${names},${x[i]},${y[i]}\r\n`
      return text
    },
  }
}

/** One list of objects; NaN and infinities are texts in it. */
function createJsonWriter(hasProjects: boolean): PointsWriter {
  let separator = ''
  const toText = (value: number): string => (Number.isFinite(value) ? String(value) : `"${value}"`)
  return {
    head: '[',
    foot: '\n]\n',
    rows({ entity, project, displayName, runId }, x, y) {
      const place = hasProjects ? `"project":${JSON.stringify(`${entity}/${project}`)},` : ''
      const names = `${place}"run":${JSON.stringify(displayName)},"runId":${JSON.stringify(runId)}`
      let text = ''
      for (let i = 0; i < x.length; i++) {
        text += `${separator}\n{${names},"x":${toText(x[i]!)},"value":${toText(y[i]!)}}`
        separator = ','
      }
      return text
    },
  }
}
