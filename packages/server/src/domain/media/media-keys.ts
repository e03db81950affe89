import { type MediaKey, parseJson } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { type MediaObject, toMediaObject } from './media-object.ts'

/** Keys under which a run has logged media or tables, by name. What kind of value a key has, its newest one says. */
export async function listMediaKeys(store: Store, run: RunRow): Promise<MediaKey[]> {
  const logged = await store.metricKeys({ entity: run.entity, project: run.project, runs: [run.id], stream: 'history' })
  const found: MediaKey[] = []
  for (const { key, kind } of logged) {
    if (kind === 'number') continue
    const steps = await store.otherSteps({ run: run.id, key })
    const newest = steps.at(-1)
    const media = newest === undefined ? undefined : await readMedia(store, run, key, newest)
    if (media) found.push({ key, kind: media.kind, typeName: media.typeName, steps: [...steps] })
  }
  return found
}

/** A media value and the step that it is of. */
export interface MediaAtStep {
  readonly step: number
  readonly media: MediaObject
}

/** The value at a step, else the one before it, else the first; without a step the newest. Undefined where there is none. */
export async function findMedia(
  store: Store,
  run: RunRow,
  key: string,
  asked: number | undefined,
): Promise<MediaAtStep | undefined> {
  const steps = await store.otherSteps({ run: run.id, key })
  const step = asked === undefined ? steps.at(-1) : (steps.findLast((known) => known <= asked) ?? steps[0])
  if (step === undefined) return undefined
  const media = await readMedia(store, run, key, step)
  return media && { step, media }
}

async function readMedia(store: Store, run: RunRow, key: string, step: number): Promise<MediaObject | undefined> {
  const [row] = await store.rows({ run: run.id, keys: [key], fromStep: step, toStep: step })
  const json = row?.values.get(key)
  return json === undefined ? undefined : toMediaObject(parseJson(json))
}
