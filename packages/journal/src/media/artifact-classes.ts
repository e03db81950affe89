import { createHash } from 'node:crypto'
import { type JsonObject, toJsonText } from '@lossline/protocol'
import { labelsOf } from './image-layers.ts'
import type { ImageSnapshot } from './media-snapshot.ts'

/** The file of an image's classes in an artifact, and what the image says of it. */
export interface ClassesFile {
  readonly file: { readonly path: string; readonly bytes: Uint8Array }
  readonly reference: JsonObject
}

/** The classes of an image's boxes and masks and those given for it; `undefined` when it has none. */
export function classesFile({ boxes = [], masks = [], classes = [] }: ImageSnapshot): ClassesFile | undefined {
  const names = new Map<number | string, string>()
  for (const { shownLabels } of boxes) addLabels(names, shownLabels)
  for (const mask of masks) addLabels(names, labelsOf(mask) ?? {})
  for (const { id, name } of classes) names.set(id, name)
  if (names.size === 0) return undefined

  const classSet = [...names].map(([id, name]) => ({ id, name }))
  const bytes = Buffer.from(toJsonText({ _type: 'classes', class_set: classSet }, 'spaced'))
  // W&B's client names the file by the MD5 of how Python prints the list; the same classes share one file.
  const printed = `[${classSet.map(({ id, name }) => `{'id': ${printId(id)}, 'name': ${printText(name)}}`).join(', ')}]`
  const path = `media/classes/${createHash('md5').update(printed).digest('hex')}_cls.classes.json`
  const digest = createHash('md5').update(bytes).digest('base64')
  return { file: { path, bytes }, reference: { type: 'classes-file', path, digest } }
}

function addLabels(names: Map<number | string, string>, labels: Readonly<Record<string, string>>): void {
  for (const [id, name] of Object.entries(labels)) names.set(/^-?\d+$/.test(id) ? Number(id) : id, name)
}

function printId(id: number | string): string {
  return typeof id === 'number' ? String(id) : printText(id)
}

/** A text as Python's `repr` prints it, as far as names of classes go. */
function printText(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t')
  if (escaped.includes("'") && !escaped.includes('"')) return `"${escaped}"`
  return `'${escaped.replaceAll("'", "\\'")}'`
}
