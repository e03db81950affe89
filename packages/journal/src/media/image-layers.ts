import type { JsonObject } from '@lossline/protocol'
import { stringifyJson, toPixelBytes } from '@lossline/protocol'
import type { MediaConversion } from './media-conversion.ts'
import type { BoxLayerSnapshot, ClassLabels, MaskLayerSnapshot } from './media-snapshot.ts'
import { storeMedia } from './store-media.ts'

/** The boxes of an image: a file for each layer. */
export function boxesToJson(layers: readonly BoxLayerSnapshot[], conversion: MediaConversion): JsonObject {
  const parts = { type: 'boxes2D', folder: 'metadata/boxes2D', extension: '.boxes2D.json' }
  return Object.fromEntries(
    layers.map((layer) => {
      const text = boxFileText(layer)
      const object = storeMedia({ ...parts, content: { kind: 'text', text } }, conversion)
      recordLabels('bounding_box/class_labels', layer.name, layer.shownLabels, conversion)
      return [layer.name, object]
    }),
  )
}

/** The masks of an image: a grey image for each layer. */
export function masksToJson(layers: readonly MaskLayerSnapshot[], conversion: MediaConversion): JsonObject {
  const parts = { type: 'mask', folder: 'images/mask' }
  return Object.fromEntries(
    layers.map((layer) => {
      const { name, content } = layer
      const object = storeMedia({ ...parts, extension: maskExtension(layer), content }, conversion)
      const labels = labelsOf(layer)
      if (labels !== undefined) recordLabels('mask/class_labels', name, labels, conversion)
      return [name, object]
    }),
  )
}

function boxFileText({ boxesJson, classLabels }: BoxLayerSnapshot): string {
  const labels = classLabels === undefined ? '' : `,"class_labels":${JSON.stringify(classLabels)}`
  return `{"box_data":${boxesJson}${labels}}`
}

/** Ending of a mask's file, with its dot. */
export function maskExtension({ content }: MaskLayerSnapshot): string {
  return content.kind === 'file' ? (/\.[^./\\]+$/.exec(content.path)?.[0] ?? '') : '.mask.png'
}

/** Names for the classes in a mask: those given, else one for each number in it. A file says nothing. */
export function labelsOf({ content, classLabels }: MaskLayerSnapshot): ClassLabels | undefined {
  if (classLabels !== undefined) return classLabels
  if (content.kind === 'file') return undefined
  const classes = [...new Set(toPixelBytes(content.data, false))].sort((a, b) => a - b)
  return Object.fromEntries(classes.map((id) => [String(id), `class_${id}`]))
}

/** W&B's pages read the names of classes from the config. What is there already is not written again. */
function recordLabels(kind: string, name: string, labels: ClassLabels, { key, records, files }: MediaConversion): void {
  // The spelling is W&B's.
  const label = `${key}_wandb_delimeter_${name}`
  const valueJson = stringifyJson({ type: kind, key: label, value: labels })
  if (!files.isNews(`${kind}/${label}`, valueJson)) return
  records.push({
    kind: 'config',
    config: { update: [{ key: '', nestedKey: ['_wandb', kind, label], valueJson }], remove: [] },
  })
}
