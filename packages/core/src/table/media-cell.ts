import { type MediaSnapshot, mapContents } from '@lossline/journal'
import { type ColumnType, type ImageTypeDetails, type MediaCell, parseJson, plainImageType } from '@lossline/protocol'
import { InvalidCellError } from '../errors.ts'
import { MediaReference } from '../media/media-reference.ts'
import type { MediaValue } from '../media/media-value.ts'

type ImageSnapshot = Extract<MediaSnapshot, { kind: 'image' }>

const values = new WeakMap<object, MediaValue>()

/**
 * A cell that holds a media value. Its arrays are copied; a file of the user is read when the table is logged.
 *
 * @throws {@link InvalidCellError} for media that cannot be in a cell, such as a table.
 */
export function toMediaCell(value: MediaValue, column: string): MediaCell<MediaSnapshot> {
  const snapshot = value.toSnapshot()
  const description = value instanceof MediaReference ? describeReference(value) : describeMedia(snapshot)
  if (description === undefined) throw new InvalidCellError(column, `a ${snapshot.kind} does not go into a cell`)
  const media = mapContents(snapshot, (content) =>
    'data' in content ? { ...content, data: content.data.slice() } : content,
  )
  const cell = { ...description, media }
  values.set(cell, value)
  return cell
}

/** The value that a cell was made of. */
export function mediaOfCell(cell: MediaCell<MediaSnapshot>): unknown {
  return values.get(cell) ?? cell.media
}

// What W&B's client calls the classes of the kinds in its files.
const classNames: Readonly<Record<string, string>> = {
  'image-file': 'Image',
  'audio-file': 'Audio',
  'video-file': 'Video',
  'html-file': 'Html',
  'object3D-file': 'Object3D',
  'molecule-file': 'Molecule',
}

function describeReference({ type, columnType }: MediaReference): { columnType: ColumnType; className: string } {
  return { columnType, className: Object.hasOwn(classNames, type) ? (classNames[type] ?? type) : type }
}

/** The type of a column of such media, and what W&B's client calls their class. */
function describeMedia(snapshot: MediaSnapshot): { columnType: ColumnType; className: string } | undefined {
  switch (snapshot.kind) {
    case 'image':
      return { columnType: imageType(snapshot), className: 'Image' }
    case 'audio':
      return { columnType: { kind: 'named', name: 'audio-file' }, className: 'Audio' }
    case 'video':
      return { columnType: { kind: 'named', name: 'video-file' }, className: 'Video' }
    case 'html':
      return { columnType: { kind: 'named', name: 'html-file' }, className: 'Html' }
    case 'object3D':
      return { columnType: { kind: 'named', name: 'object3D-file' }, className: 'Object3D' }
    case 'molecule':
      return { columnType: objectType('Molecule'), className: 'Molecule' }
    case 'plotly':
      return { columnType: objectType('Plotly'), className: 'Plotly' }
    case 'histogram':
      return { columnType: objectType('Histogram'), className: 'Histogram' }
    default:
      return undefined
  }
}

/** What W&B's client calls the type of classes that have none of their own. */
function objectType(className: string): ColumnType {
  return { kind: 'named', name: 'pythonObject', params: { class_name: className } }
}

function imageType({ boxes = [], masks = [], classes = [] }: ImageSnapshot): ColumnType {
  if (boxes.length === 0 && masks.length === 0 && classes.length === 0) return plainImageType
  const maskLabels = masks.map(({ name, classLabels }) => ({ name, labels: classLabels ?? {} }))
  const boxLabels = boxes.map(({ name, shownLabels }) => ({ name, labels: shownLabels }))
  const details: ImageTypeDetails = {
    boxLayers: Object.fromEntries(boxLabels.map(({ name, labels }) => [name, Object.keys(labels).map(toId)])),
    boxScoreKeys: [...new Set(boxes.flatMap(({ boxesJson }) => scoreKeysOf(boxesJson)))],
    maskLayers: Object.fromEntries(maskLabels.map(({ name, labels }) => [name, Object.keys(labels).map(toId)])),
    boxClassMaps: Object.fromEntries(boxLabels.map(({ name, labels }) => [name, labels])),
    maskClassMaps: Object.fromEntries(maskLabels.map(({ name, labels }) => [name, labels])),
    // The classes of all layers are classes of the image.
    classMap: Object.assign(
      {},
      ...[...boxLabels, ...maskLabels].map(({ labels }) => labels),
      Object.fromEntries(classes.map(({ id, name }) => [String(id), name])),
    ),
  }
  return { kind: 'image', details }
}

function toId(text: string): number | string {
  return /^-?\d+$/.test(text) ? Number(text) : text
}

function scoreKeysOf(boxesJson: string): string[] {
  const boxes: unknown = parseJson(boxesJson)
  if (!Array.isArray(boxes)) return []
  return boxes.flatMap((box: { scores?: object }) => Object.keys(box.scores ?? {}))
}
