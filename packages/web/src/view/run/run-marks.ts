import type { BestPoint, RunMark } from '@lossline/protocol'
import type { MarkShape, PlotMark, PlotPin } from '../../chart/plot-marks.ts'
import { formatNumber } from '../text/format.ts'
import { formatExactValue } from '../text/unit.ts'
import { stateLabel } from './run-state.ts'

/** The names and colours of runs, by their ids. */
export type RunLooks = ReadonlyMap<string, { readonly label: string; readonly color: string }>

/** What happened in a run, with the keys of the view instead of the ids that runs have in their project. */
export function withKeyedMarks(
  { runId, marks }: { readonly runId: string; readonly marks: readonly RunMark[] },
  keyOf: (runId: string) => string,
): { readonly runId: string; readonly marks: readonly RunMark[] } {
  return {
    runId: keyOf(runId),
    marks: marks.map((mark) => (mark.kind === 'forked' ? { ...mark, fromRunId: keyOf(mark.fromRunId) } : mark)),
  }
}

/** What happened in runs, as a chart draws it; what has no place on its axis is left out. */
export function toPlotMarks(
  runs: readonly { readonly runId: string; readonly marks: readonly RunMark[] }[],
  looks: RunLooks,
): readonly PlotMark[] {
  return runs.flatMap(({ runId, marks }) => {
    const look = looks.get(runId)
    if (look === undefined) return []
    return marks.flatMap((mark): PlotMark[] =>
      mark.x === null
        ? []
        : [
            {
              runId,
              x: mark.x,
              color: look.color,
              shape: shapeOf(mark),
              text: markText(mark, { runId, label: look.label }),
            },
          ],
    )
  })
}

/** Up to which x runs have the points of another run that they were forked from, by their ids. */
export function inheritedEnds(
  runs: readonly { readonly runId: string; readonly marks: readonly RunMark[] }[],
): ReadonlyMap<string, number> {
  return new Map(
    runs.flatMap(({ runId, marks }) =>
      // A run that went back to an earlier step of its own has nothing from others.
      marks.flatMap((mark) =>
        mark.kind === 'forked' && mark.fromRunId !== runId && mark.x !== null ? [[runId, mark.x] as const] : [],
      ),
    ),
  )
}

/** Best points of runs, as a chart draws them. */
export function toPlotPins(
  points: readonly (readonly [runId: string, point: BestPoint])[],
  looks: RunLooks,
  of: { readonly title: string; readonly unit?: string },
): readonly PlotPin[] {
  return points.flatMap(([runId, point]): PlotPin[] => {
    const look = looks.get(runId)
    if (look === undefined || point.x === null) return []
    const { x, value } = point
    return [
      {
        runId,
        x,
        y: value,
        color: look.color,
        text: `Best ${of.title} of ${look.label}: ${formatExactValue(value, of.unit ?? '')}`,
      },
    ]
  })
}

/** What happened in a run, in words. */
function markText(mark: RunMark, { runId, label }: { readonly runId: string; readonly label: string }): string {
  switch (mark.kind) {
    case 'resumed':
      return `${label} was resumed`
    case 'forked':
      return mark.fromRunId === runId
        ? `${label} went back to step ${formatNumber(mark.step ?? 0)}`
        : `${label} was forked from ${mark.fromRunId}`
    case 'ended': {
      const why = mark.cause === '' ? '' : ` (${mark.cause})`
      return `${label}: ${stateLabel(mark.state).text.toLowerCase()}${why}`
    }
    case 'artifact': {
      const names = mark.aliases.length === 0 ? '' : ` (${mark.aliases.join(', ')})`
      return `${label} logged ${mark.collection}:${mark.version}${names}`
    }
    case 'alert': {
      const text = mark.text === '' ? '' : `. ${mark.text}`
      return `${label}: ${mark.title}${text}`
    }
  }
}

function shapeOf(mark: RunMark): MarkShape {
  if (mark.kind !== 'ended') return mark.kind
  return mark.state === 'finished' ? 'finished' : 'failed'
}
