import type { ExpressionJoin, SeriesPointsRequest, SeriesX } from '@lossline/protocol'
import { type LineValue, valueTitle } from '../view/panels/line-queries.ts'
import { isSameProject, keysByProject } from '../view/run/run-key.ts'
import { callForBytes } from './client.ts'
import type { ProjectAddress } from './queries.ts'

/** What a chart is of. */
export interface PointsOfChart {
  readonly values: readonly LineValue[]
  /** Keys of runs. */
  readonly runIds: readonly string[]
  readonly stream: 'history' | 'events'
  readonly x: SeriesX
  readonly join: ExpressionJoin
}

/** As many runs as one question may be about. */
const pageSize = 1000

/** Every point that a chart is of, whatever its zoom: a file for each metric or formula, and for each thousand runs. */
export async function* loadAllPoints(
  address: ProjectAddress,
  { values, runIds, stream, x, join }: PointsOfChart,
  format: SeriesPointsRequest['format'],
): AsyncGenerator<{ readonly name: string; readonly content: Blob }> {
  for (const value of values) {
    for (let at = 0; at < runIds.length; at += pageSize) {
      const body: SeriesPointsRequest = {
        ...address,
        ...runsOfRequest(runIds.slice(at, at + pageSize), address),
        ...(value.kind === 'metric' ? { key: value.key } : { expression: value.expression }),
        stream,
        x,
        join,
        format,
      }
      const bytes = await callForBytes('POST /api/series/points', { body })
      const part = runIds.length > pageSize ? ` ${at / pageSize + 1}` : ''
      // The bytes of an answer lie in an array buffer of their own.
      const content = new Blob([bytes as Uint8Array<ArrayBuffer>])
      yield { name: `${valueTitle(value)} all points${part}.${format}`, content }
    }
  }
}

function runsOfRequest(keys: readonly string[], own: ProjectAddress): Pick<SeriesPointsRequest, 'runIds' | 'others'> {
  const parts = keysByProject(keys, own)
  const others = parts.flatMap(({ at, runIds }) => (isSameProject(at, own) ? [] : [{ ...at, runIds }]))
  return {
    runIds: parts.find(({ at }) => isSameProject(at, own))?.runIds ?? [],
    ...(others.length > 0 && { others }),
  }
}
