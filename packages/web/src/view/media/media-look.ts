import { type JsonObject, listAt, numberAt, objectAt, textAt, textsAt } from '../workspace/json.ts'
import { type LayerView, plainLayers } from './layer-view.ts'

/** What is shown of media, and how. */
export interface MediaLook {
  readonly layers: LayerView
  /** Texts as they were logged, or what Markdown makes of them. */
  readonly texts: 'markdown' | 'raw'
}

/** As media are shown unless somebody chooses otherwise. */
export const plainLook: MediaLook = { layers: plainLayers, texts: 'markdown' }

/** As JSON for a view or an address: what differs from {@link plainLook}, undefined where nothing does. */
export function lookJson({ layers, texts }: MediaLook): JsonObject | undefined {
  const { hiddenLayers, hiddenClasses, opacity, boxOpacity, classColors, scoreName, scoreMin } = layers
  const json: JsonObject = {
    ...(hiddenLayers.size > 0 ? { hiddenLayers: [...hiddenLayers] } : {}),
    ...(hiddenClasses.size > 0 ? { hiddenClasses: [...hiddenClasses] } : {}),
    ...(opacity === plainLayers.opacity ? {} : { maskOpacity: opacity }),
    ...(boxOpacity === plainLayers.boxOpacity ? {} : { boxOpacity }),
    ...(classColors.size > 0
      ? { classColors: Object.fromEntries([...classColors].map(([id, color]) => [String(id), color])) }
      : {}),
    // The least score of all is no limit, and JSON has no infinity.
    ...(scoreName === undefined ? {} : { scoreName, ...(Number.isFinite(scoreMin) ? { scoreMin } : {}) }),
    ...(texts === 'raw' ? { texts } : {}),
  }
  return Object.keys(json).length === 0 ? undefined : json
}

/** What such JSON says. Never throws: what cannot be read has its default. */
export function readLook(json: JsonObject): MediaLook {
  const scoreName = textAt(json, 'scoreName')
  return {
    layers: {
      hiddenLayers: new Set(textsAt(json, 'hiddenLayers')),
      hiddenClasses: new Set(listAt(json, 'hiddenClasses').filter((id) => typeof id === 'number')),
      opacity: share(numberAt(json, 'maskOpacity') ?? plainLayers.opacity),
      boxOpacity: share(numberAt(json, 'boxOpacity') ?? plainLayers.boxOpacity),
      classColors: readColors(objectAt(json, 'classColors')),
      scoreName,
      scoreMin:
        numberAt(json, 'scoreMin') ?? (scoreName === undefined ? plainLayers.scoreMin : Number.NEGATIVE_INFINITY),
    },
    texts: textAt(json, 'texts') === 'raw' ? 'raw' : 'markdown',
  }
}

/** The text of an address for it; undefined where nothing was chosen. */
export function lookText(look: MediaLook): string | undefined {
  const json = lookJson(look)
  return json && JSON.stringify(json)
}

/** What an address says; anybody may have written it. */
export function parseLookText(text: string | undefined): MediaLook {
  if (text === undefined) return plainLook
  try {
    const json: unknown = JSON.parse(text)
    // What is no object has none of the keys that are asked for, but for null.
    return json === null || typeof json !== 'object' ? plainLook : readLook(json as JsonObject)
  } catch {
    return plainLook
  }
}

function share(value: number): number {
  return Math.min(1, Math.max(0, value))
}

function readColors(json: JsonObject): ReadonlyMap<number, string> {
  return new Map(
    Object.entries(json).flatMap(([id, color]) =>
      /^-?\d{1,9}$/.test(id) && typeof color === 'string' && /^#[\da-f]{6}$/i.test(color)
        ? [[Number(id), color.toLowerCase()] as const]
        : [],
    ),
  )
}
