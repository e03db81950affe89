import type { StrictJson } from '@lossline/protocol'
import { hues } from '../chart/palette.ts'
import { bucketCounts, coloredLook, ownColoring, type RunColoring } from '../runs/run-coloring.ts'
import { type Json, type JsonObject, listAt, objectAt, textAt, textsAt, withKeys, withObject } from './json.ts'
import { ownKey } from './panel-settings.ts'
import { readRunReference } from './run-set-keys.ts'
import type { Workspace } from './workspace.ts'

/** What a view says of the colours of runs. */
export type ViewColors = Pick<Workspace, 'runColors' | 'separated'>

/**
 * Reads the colours of a view. W&B's `customRunColors` has those of runs by their ids; groups have colours there too, and `ref` is
 * W&B's own: both are left as they are. What it was told of runs that are told apart here is no colour that somebody gave them.
 */
export function readViewColors(section: JsonObject): ViewColors {
  const theirs = new Map(
    Object.entries(objectAt(section, 'customRunColors')).flatMap(([id, color]) =>
      typeof color === 'string' && !id.startsWith(groupPrefix) && isColor(color)
        ? [[readRunReference(id), color] as const]
        : [],
    ),
  )
  const separated = [...new Set(textsAt(objectAt(section, ownKey), 'separated'))]
  const told = new Map(separated.map((runId, place) => [runId, toldColor(place)]))
  return { separated, runColors: new Map([...theirs].filter(([runId, color]) => told.get(runId) !== color)) }
}

/** Writes them; W&B's programs, which know no dashes, are told the hues of runs that are told apart. */
export function writeViewColors(section: JsonObject, { runColors, separated }: ViewColors): JsonObject {
  const before = readViewColors(section)
  const colorsOf = (of: ViewColors): ReadonlyMap<string, string> =>
    new Map([...of.separated.map((runId, place) => [runId, toldColor(place)] as const), ...of.runColors])
  const [now, then] = [colorsOf({ runColors, separated }), colorsOf(before)]
  const gone = [...then.keys()].filter((runId) => !now.has(runId))
  const changed = [...now].filter(([runId, color]) => then.get(runId) !== color)
  const next = withObject(section, 'customRunColors', (source) => {
    const others = [...gone, ...changed.map(([runId]) => runId)]
    const old = Object.keys(source).filter((id) => !id.startsWith(groupPrefix) && others.includes(readRunReference(id)))
    return withKeys(source, { ...Object.fromEntries(old.map((id) => [id, undefined])), ...Object.fromEntries(changed) })
  })
  return withObject(next, ownKey, (own) =>
    withKeys(own, { separated: separated.length === 0 && own.separated === undefined ? undefined : [...separated] }),
  )
}

/** By what the runs of a set get their colours, as our part of its JSON says; as they are where it says nothing that is known. */
export function readColoring(own: JsonObject): RunColoring {
  const coloring = objectAt(own, 'coloring')
  switch (textAt(coloring, 'kind')) {
    case 'scale': {
      const key = textAt(coloring, 'key')
      const edges = listAt(coloring, 'edges').filter((edge) => typeof edge === 'number')
      const isScale =
        edges.length > 0 &&
        edges.length < bucketCounts.most &&
        edges.every((edge, i) => i === 0 || edge > edges[i - 1]!)
      return key !== undefined && isScale ? { kind: 'scale', key, edges } : ownColoring
    }
    case 'values': {
      const keys = textsAt(coloring, 'keys')
      const { moreCount } = coloring
      const hasMore = typeof moreCount === 'number' && Number.isInteger(moreCount) && moreCount > 0
      return keys.length === 0
        ? ownColoring
        : { kind: 'values', keys, values: textsAt(coloring, 'values'), ...(hasMore && { moreCount }) }
    }
    default:
      return ownColoring
  }
}

/** The same as JSON; undefined: as they are. */
export function coloringJson(coloring: RunColoring): Json | undefined {
  switch (coloring.kind) {
    case 'own':
      return undefined
    case 'scale':
      return { kind: 'scale', key: coloring.key, edges: [...coloring.edges] }
    case 'values': {
      const { keys, values, moreCount } = coloring
      return { kind: 'values', keys: [...keys], values: [...values], ...(moreCount !== undefined && { moreCount }) }
    }
  }
}

const groupPrefix = 'run-color-group:'

/** Of both themes the hue of the light one: W&B has one colour for both. */
function toldColor(place: number): string {
  return hues[place % hues.length]!.light
}

/** Only what cannot be more than a colour: it goes into styles. */
function isColor(text: string): boolean {
  return /^(#[0-9a-f]{3}|#[0-9a-f]{6}|rgb\(\s*\d{1,3}\s*,\s*\d{1,3}\s*,\s*\d{1,3}\s*\))$/i.test(text)
}

/** A run of a list, with values of the keys that it is coloured by. */
interface ColoredRun {
  readonly runId: string
  readonly number: number
  readonly color: string
  readonly values: readonly StrictJson[]
}

/**
 * Runs in the colours that a view gives them, and their set: what somebody gave one run comes first, then what tells it apart. The
 * same list where nothing is said.
 *
 * @param coloring - The first values of the runs are those of its keys.
 * @param keyOf - By which key a run is known in the view. Default: its id.
 */
export function withRunColors<R extends ColoredRun | undefined>(
  runs: readonly R[],
  colors: ViewColors,
  coloring: RunColoring,
  keyOf?: (runId: string) => string,
): readonly R[] {
  const { runColors, separated } = colors
  if (runColors.size === 0 && separated.length === 0 && coloring.kind === 'own') return runs
  const inColor = createRunColorer(colors, coloring, keyOf)
  return runs.map((run) => run && inColor(run))
}

/** Gives one run after the other its colours, as {@link withRunColors} does; the same run gets the same result. */
export function createRunColorer(
  { runColors, separated }: ViewColors,
  coloring: RunColoring,
  keyOf: (runId: string) => string = (runId) => runId,
): <R extends ColoredRun>(run: R) => R {
  const places = new Map(separated.map((runId, place) => [runId, place]))
  const made = new WeakMap<ColoredRun, ColoredRun>()
  const inColor = <R extends ColoredRun>(run: R): R => {
    const key = keyOf(run.runId)
    const color = runColors.get(key)
    if (color !== undefined) return { ...run, color }
    const place = places.get(key)
    if (place !== undefined) return { ...run, number: place + 1, color: '' }
    return coloring.kind === 'own' ? run : { ...run, ...coloredLook(coloring, run.values, run) }
  }
  return <R extends ColoredRun>(run: R): R => {
    // What was made of a run has its type.
    const colored = (made.get(run) as R | undefined) ?? inColor(run)
    made.set(run, colored)
    return colored
  }
}

/** A workspace whose runs have other colours: what was said of them before is gone, but for what else W&B holds of them. */
export function recolor(
  workspace: Workspace,
  to: { readonly separated?: readonly string[]; readonly setId?: string; readonly coloring?: RunColoring },
): Workspace {
  const { separated = [], setId, coloring = ownColoring } = to
  const isApart = new Set(separated)
  return {
    ...workspace,
    separated,
    runColors:
      separated.length > 0
        ? new Map([...workspace.runColors].filter(([runId]) => !isApart.has(runId)))
        : setId === undefined
          ? new Map()
          : workspace.runColors,
    runSets: workspace.runSets.map((set) =>
      setId === undefined ? { ...set, coloring: ownColoring } : set.id === setId ? { ...set, coloring } : set,
    ),
  }
}
