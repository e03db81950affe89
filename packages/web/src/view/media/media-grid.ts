import type { MediaKey, RunSummary } from '@lossline/protocol'
import { unionSteps } from './media-steps.ts'

/** What media can be laid out by. */
export type MediaAxis = 'run' | 'step' | 'index' | 'key'

export const mediaAxes: readonly { readonly id: MediaAxis; readonly label: string }[] = [
  { id: 'run', label: 'Runs' },
  { id: 'step', label: 'Steps' },
  { id: 'index', label: 'Places in the list' },
  { id: 'key', label: 'Keys' },
]

/** A value of a run at a step. */
export interface MediaCellSource {
  readonly run: RunSummary
  readonly media: MediaKey
  /** A step that the key has; undefined: the one of the page. */
  readonly step: number | undefined
}

/** A place of an axis. */
export interface MediaPlace {
  readonly axis: MediaAxis
  /** Id of the run, the step, the index, or the key. */
  readonly value: string | number
}

/** The steps that are laid out where they are an axis: the newest ones. */
export function gridSteps(found: readonly { readonly media: MediaKey }[], countMax: number): readonly number[] {
  return unionSteps(found.map(({ media: { steps } }) => ({ steps }))).slice(-countMax)
}

/** The values of one cell, and which item of each; undefined: all of them. */
export function cellSources(
  found: readonly { readonly run: RunSummary; readonly media: MediaKey }[],
  places: readonly MediaPlace[],
): { readonly sources: readonly MediaCellSource[]; readonly index: number | undefined } {
  const at = (axis: MediaAxis): string | number | undefined => places.find((place) => place.axis === axis)?.value
  const [runId, step, index, key] = [at('run'), at('step'), at('index'), at('key')]
  const sources = found.filter(
    ({ run, media }) =>
      (runId === undefined || run.runId === runId) &&
      (key === undefined || media.key === key) &&
      // A step that the key lacks is an empty cell, not another step's picture.
      (step === undefined || media.steps.includes(step as number)),
  )
  return {
    sources: sources.map(({ run, media }) => ({ run, media, step: step as number | undefined })),
    index: index as number | undefined,
  }
}

/** The places of an axis, in order. */
export function gridPlaces(
  axis: MediaAxis,
  found: readonly { readonly run: RunSummary; readonly media: MediaKey }[],
  indexCount: number,
  stepCountMax: number,
): readonly MediaPlace[] {
  switch (axis) {
    case 'run':
      return [...new Set(found.map(({ run }) => run.runId))].map((value) => ({ axis, value }))
    case 'step':
      return gridSteps(found, stepCountMax).map((value) => ({ axis, value }))
    case 'index':
      return Array.from({ length: indexCount }, (_, value) => ({ axis, value }))
    case 'key':
      return [...new Set(found.map(({ media }) => media.key))].map((value) => ({ axis, value }))
  }
}
