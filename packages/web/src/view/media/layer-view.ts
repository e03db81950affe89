import type { ImageItem } from '@lossline/protocol'
import { classColor } from './class-color.ts'

/** What is shown of the boxes and masks on pictures. */
export interface LayerView {
  /** Names of layers that are left out. */
  readonly hiddenLayers: ReadonlySet<string>
  readonly hiddenClasses: ReadonlySet<number>
  /** Of masks, 0…1. */
  readonly opacity: number
  /** Of boxes, 0…1. */
  readonly boxOpacity: number
  /** Colours that somebody chose for classes, `#rrggbb`; the others have those of {@link classColor}. */
  readonly classColors: ReadonlyMap<number, string>
  /** The score that boxes are judged by; undefined: none. */
  readonly scoreName: string | undefined
  /** Boxes whose score is below are left out; those without a score stay. */
  readonly scoreMin: number
}

/** As pictures are shown unless somebody chooses otherwise. */
export const plainLayers: LayerView = {
  hiddenLayers: new Set(),
  hiddenClasses: new Set(),
  opacity: 0.45,
  boxOpacity: 1,
  classColors: new Map(),
  scoreName: undefined,
  scoreMin: 0,
}

/** What can be chosen about the layers of pictures; all lists empty where there are none. */
export interface LayerChoices {
  readonly layers: readonly string[]
  readonly classes: readonly { readonly id: number; readonly label: string }[]
  readonly hasMasks: boolean
  readonly hasBoxes: boolean
  /** Names of scores, and between which values each lies. */
  readonly scores: readonly { readonly name: string; readonly low: number; readonly high: number }[]
}

/** The colour that a class has on pictures. */
export function colorOfClass({ classColors }: Pick<LayerView, 'classColors'>, classId: number): string {
  return classColors.get(classId) ?? classColor(classId)
}

/** Black or white, whichever is read better on a colour (`#rrggbb`). */
export function textColorOn(color: string): '#000000' | '#ffffff' {
  const [red, green, blue] = [1, 3, 5].map((from) => {
    const share = Number.parseInt(color.slice(from, from + 2), 16) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  }) as [number, number, number]
  // Where both have the same contrast, by WCAG 2.2: (1.05 / (l + 0.05)) = ((l + 0.05) / 0.05).
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? '#000000' : '#ffffff'
}

/** The layers with a colour for a class; undefined: its own. */
export function withClassColor(view: LayerView, classId: number, color: string | undefined): LayerView {
  const classColors = new Map(view.classColors)
  if (color === undefined || color === classColor(classId)) classColors.delete(classId)
  else classColors.set(classId, color)
  return { ...view, classColors }
}

/** Everything that is on some pictures. */
export function layerChoices(images: readonly Pick<ImageItem, 'boxes' | 'masks'>[]): LayerChoices {
  const layers = new Set<string>()
  const classes = new Map<number, string>()
  const scores = new Map<string, { low: number; high: number }>()
  for (const { boxes = [], masks = [] } of images) {
    for (const { name, labels } of masks) {
      layers.add(name)
      for (const [id, label] of Object.entries(labels)) classes.set(Number(id), label)
    }
    for (const layer of boxes) {
      layers.add(layer.name)
      for (const box of layer.boxes) {
        if (!classes.has(box.classId)) classes.set(box.classId, box.label)
        for (const [name, score] of Object.entries(box.scores ?? {})) {
          const { low, high } = scores.get(name) ?? { low: score, high: score }
          scores.set(name, { low: Math.min(low, score), high: Math.max(high, score) })
        }
      }
    }
  }
  return {
    layers: [...layers],
    classes: [...classes].map(([id, label]) => ({ id, label })).sort((a, b) => a.id - b.id),
    hasMasks: images.some(({ masks }) => (masks?.length ?? 0) > 0),
    hasBoxes: images.some(({ boxes }) => (boxes?.length ?? 0) > 0),
    scores: [...scores].map(([name, range]) => ({ name, ...range })),
  }
}

/** The boxes of a picture that are shown. */
export function shownBoxes({ boxes = [] }: Pick<ImageItem, 'boxes'>, view: LayerView) {
  return boxes
    .filter(({ name }) => !view.hiddenLayers.has(name))
    .flatMap((layer) =>
      layer.boxes.filter(({ classId, scores }) => !view.hiddenClasses.has(classId) && isScored(scores, view)),
    )
}

function isScored(scores: Readonly<Record<string, number>> | undefined, view: LayerView): boolean {
  const score = view.scoreName === undefined ? undefined : scores?.[view.scoreName]
  return score === undefined || score >= view.scoreMin
}

/** A set with a member in it or not, the other way round. */
export function toggled<T>(set: ReadonlySet<T>, member: T): ReadonlySet<T> {
  const next = new Set(set)
  if (!next.delete(member)) next.add(member)
  return next
}
