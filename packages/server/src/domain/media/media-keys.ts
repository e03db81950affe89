import { type MediaKey, parseJson } from '@lossline/protocol'
import type { RunRow, Store } from '@lossline/store'
import { type MediaObject, toMediaObject } from './media-object.ts'

/** Keys under which a run has logged media or tables, by name. What kind of value a key has, its newest one says. */
export async function listMediaKeys(store: Store, run: RunRow): Promise<MediaKey[]> {
  const logged = await store.otherKeys({ run: run.id })
  return logged.flatMap(({ key, steps, newest }) => {
    const media = parseMedia(newest)
    return media ? [{ key, kind: media.kind, typeName: media.typeName, steps: [...steps] }] : []
  })
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
  // Whoever knows the steps asks for one of them.
  const exact = asked === undefined ? undefined : await readMedia(store, run, key, asked)
  if (exact !== undefined) return exact
  const [logged] = await store.otherKeys({ run: run.id, keys: [key] })
  if (logged === undefined) return undefined
  const { steps } = logged
  const step = asked === undefined ? steps.at(-1) : (steps.findLast((known) => known <= asked) ?? steps[0])
  return step === undefined ? undefined : readMedia(store, run, key, step)
}

async function readMedia(store: Store, run: RunRow, key: string, step: number): Promise<MediaAtStep | undefined> {
  const [row] = await store.rows({ run: run.id, keys: [key], fromStep: step, toStep: step })
  const json = row?.values.get(key)
  const media = json === undefined ? undefined : parseMedia(json)
  return media && { step, media }
}

/** Undefined also for texts, which are the most and need no parsing to be told. */
function parseMedia(json: string): MediaObject | undefined {
  return json.startsWith('{') || json.startsWith('[') ? toMediaObject(parseJson(json)) : undefined
}
