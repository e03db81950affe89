import {
  encodeKeyPath,
  isJsonObject,
  type JsonObject,
  type MediaKey,
  type MediaKind,
  parseJson,
} from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { runValues } from '../run-values.ts'
import { type MediaObject, toMediaObject } from './media-object.ts'

/**
 * Keys under which a run has logged media, tables or texts, by name. What kind of value a key has, its newest one says. What was put
 * into the summary alone is a value of the run's last step.
 */
export async function listMediaKeys(store: Store, run: RunRow): Promise<MediaKey[]> {
  const logged = await store.otherKeys({ run: run.id })
  const keys = logged.flatMap(({ key, steps, newest }): MediaKey[] => {
    const media = parseMedia(key, newest)
    return media ? [{ key, kind: media.kind, typeName: media.typeName, ...toSteps(media.kind, steps) }] : []
  })
  const known = new Set(logged.map(({ key }) => key))
  const ofSummary = [...mediaOfSummary(run)]
    .filter(([key]) => !known.has(key))
    .map(([key, { kind, typeName }]): MediaKey => ({ key, kind, typeName, steps: [lastStepOf(run)] }))
  return [...keys, ...ofSummary].sort((a, b) => (a.key < b.key ? -1 : 1))
}

/** Nobody logs as many pictures, but texts may stand in every row: the page asks for the list again while a run goes on. */
const textStepCountMax = 5000

function toSteps(kind: MediaKind, steps: Float64Array): Pick<MediaKey, 'steps' | 'stepCount'> {
  if (kind !== 'text' || steps.length <= textStepCountMax) return { steps: [...steps] }
  const last = steps.length - 1
  const chosen = Array.from({ length: textStepCountMax }, (_, i) => Math.round((i * last) / (textStepCountMax - 1)))
  return { steps: chosen.map((index) => steps[index] as number), stepCount: steps.length }
}

/** A media value and the step that it is of. */
export interface MediaAtStep {
  readonly step: number
  readonly media: MediaObject
}

/** The value at a step, else the one before it; without a step the newest. Undefined where there is none: what came later is none. */
export async function findMedia(
  store: Store,
  run: RunRow,
  key: string,
  asked: number | undefined,
): Promise<MediaAtStep | undefined> {
  // Whoever knows the steps asks for one of them.
  const exact = asked === undefined ? undefined : await readMedia(store, run, key, asked)
  if (exact !== undefined) return exact
  const [logged] = await store.otherKeys({ run: run.id, keys: [key] })
  if (logged === undefined) {
    const media = mediaOfSummary(run).get(key)
    return media && { step: lastStepOf(run), media }
  }
  const { steps } = logged
  const step = asked === undefined ? steps.at(-1) : steps.findLast((known) => known <= asked)
  return step === undefined ? undefined : readMedia(store, run, key, step)
}

/** What a key held before a step, where that were tables; the oldest first. As many as there are increments of one. */
export async function earlierTables(store: Store, run: RunRow, key: string, step: number): Promise<JsonObject[]> {
  const rows = await store.rows({ run: run.id, keys: [key], toStep: step - 1, limit: 1000, fromEnd: true })
  return rows.flatMap(({ values }) => {
    const json = values.get(key)
    const media = json === undefined ? undefined : parseMedia(key, json)
    return media?.kind === 'table' ? [media.json] : []
  })
}

async function readMedia(store: Store, run: RunRow, key: string, step: number): Promise<MediaAtStep | undefined> {
  const [row] = await store.rows({ run: run.id, keys: [key], fromStep: step, toStep: step })
  const json = row?.values.get(key)
  const media = json === undefined ? undefined : parseMedia(key, json)
  return media && { step, media }
}

function parseMedia(key: string, json: string): MediaObject | undefined {
  if (json.startsWith('"')) return toText(key, json)
  return json.startsWith('{') || json.startsWith('[') ? toMediaObject(parseJson(json)) : undefined
}

/** Words that stand for numbers are no texts, nor is what clients note under names of their own. */
function toText(key: string, json: string): MediaObject | undefined {
  const text = parseJson(json)
  if (typeof text !== 'string' || text === '' || key.startsWith('_') || nonFinite.has(text)) return undefined
  return { typeName: 'string', kind: 'text', text }
}

const nonFinite: ReadonlySet<string> = new Set(['NaN', 'Infinity', '-Infinity'])

/** Media of the summary by key path text. */
function mediaOfSummary(run: RunRow): ReadonlyMap<string, MediaObject> {
  const found = new Map<string, MediaObject>()
  const visit = (object: JsonObject, path: readonly string[]): void => {
    for (const [label, value] of Object.entries(object)) {
      const media = toMediaObject(value)
      if (media !== undefined) found.set(encodeKeyPath([...path, label]), media)
      else if (isJsonObject(value)) visit(value, [...path, label])
    }
  }
  visit(runValues(run).summary, [])
  return found
}

function lastStepOf(run: RunRow): number {
  return run.lastStep ?? 0
}
