import type { FileMediaSnapshot, MediaContent } from '@lossline/journal'
import { toJsonText } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { checkList, checkObject, checkObjects } from './check-arguments.ts'
import { openMediaSource } from './media-source.ts'
import { MediaValue } from './media-value.ts'
import { flattenNumbers } from './nested-numbers.ts'
import { checkNumbers } from './pixels.ts'
import { toPlainJson } from './plain-json.ts'

/** A point in space. */
export type Point3D = readonly [x: number, y: number, z: number]

/** A box in space. */
export interface Box3D {
  /** Its eight corners. */
  readonly corners: readonly Point3D[]
  readonly label?: string
  /** Red, green and blue from 0 to 255. */
  readonly color?: readonly [red: number, green: number, blue: number]
  readonly score?: number
}

/** An arrow in space. */
export interface Vector3D {
  readonly start: Point3D
  readonly end: Point3D
}

/** Points of a cloud, each x, y, z, and maybe a category from 1 to 14, or red, green and blue from 0 to 255. */
export type PointRows = readonly (readonly number[])[]

/** A point cloud with boxes and arrows in it. */
export interface PointCloudScene {
  readonly type: 'lidar/beta'
  readonly points?: PointRows
  readonly boxes?: readonly Box3D[]
  readonly vectors?: readonly Vector3D[]
}

/** What is said about an object in space. */
export interface Object3DOptions {
  readonly caption?: string
  /** Numbers of a point in a typed array: 3, 4 or 6. Default 3. */
  readonly columns?: 3 | 4 | 6
  /** Ending of the file that bytes or a text are of. */
  readonly fileType?: Object3DFileType
}

const object3DOptionNames: OptionNames<Object3DOptions> = { caption: true, columns: true, fileType: true }

/** Kinds of files. */
export type Object3DFileType = 'obj' | 'gltf' | 'glb' | 'babylon' | 'stl' | 'pts.json'

const fileTypes: readonly Object3DFileType[] = ['obj', 'gltf', 'glb', 'babylon', 'stl', 'pts.json']

/**
 * An object in space: a cloud of points, a scene, or a file (glTF, OBJ, STL, Babylon).
 *
 * @example run.log({ lidar: new Object3D(points, { columns: 6 }) })
 */
export class Object3D extends MediaValue {
  readonly #snapshot: FileMediaSnapshot

  /**
   * @param data - Points row by row in a typed array (copied when logged) or as lists, a scene, the path of a file, or its
   *   bytes or text with `fileType`.
   * @throws {@link InvalidMediaError} when points are not 3, 4 or 6 finite numbers, or a file is missing or of another kind.
   */
  constructor(
    data: Float32Array | Float64Array | PointRows | PointCloudScene | string | URL | Uint8Array,
    options: Object3DOptions = {},
  ) {
    super()
    checkOptions('new Object3D', options, object3DOptionNames)
    const { caption } = options
    const parts = toParts(data, options)
    this.#snapshot = { kind: 'object3D', ...parts, ...(caption === undefined ? {} : { caption }) }
  }

  toSnapshot(): FileMediaSnapshot {
    return this.#snapshot
  }
}

interface ObjectParts {
  readonly content: MediaContent
  readonly extension: string
}

function toParts(data: ConstructorParameters<typeof Object3D>[0], options: Object3DOptions): ObjectParts {
  const { columns = 3, fileType } = options
  const extension = '.pts.json'
  if (typeof data === 'string' && fileType !== undefined) {
    if (!fileTypes.includes(fileType)) {
      throw new InvalidMediaError(
        `There is no kind ${describeValue(fileType)}.`,
        `Known kinds are ${fileTypes.join(', ')}.`,
      )
    }
    return { content: { kind: 'text', text: data }, extension: `.${fileType}` }
  }
  if (typeof data === 'string' || data instanceof URL || data instanceof Uint8Array) {
    return openMediaSource(data, { what: 'an object of a known kind', endings: fileTypes, fileType })
  }
  if (data instanceof Float32Array || data instanceof Float64Array) {
    return { content: toPoints(data, columns), extension }
  }
  checkObject(data, 'Points', 'Pass rows of x, y, z, a typed array, or the path of a file.')
  if ('type' in data) return { content: toScene(data), extension }
  checkList(data, 'Points', 'Pass rows of x, y, z, a typed array, or the path of a file.')
  const { data: numbers, shape } = flattenNumbers(data)
  toPoints(numbers, shape[1] ?? 0)
  return { content: { kind: 'text', text: toJsonText(data, 'compact') }, extension }
}

function toPoints(data: Float32Array | Float64Array, columnCount: number): MediaContent {
  if (![3, 4, 6].includes(columnCount) || data.length % columnCount !== 0) {
    throw new InvalidMediaError(
      `A point has 3, 4 or 6 numbers; ${data.length} numbers are no rows of ${describeValue(columnCount)}.`,
      'Pass rows of x, y, z, maybe with a category, or with red, green and blue.',
    )
  }
  checkNumbers(data, 'Points')
  return { kind: 'points', data, columnCount }
}

function toScene({ type, points = [], boxes = [], vectors = [] }: PointCloudScene): MediaContent {
  if (type !== 'lidar/beta') {
    throw new InvalidMediaError(`A scene has the type "lidar/beta", not ${describeValue(type)}.`, 'W&B knows no other.')
  }
  checkList(points, 'points', 'Pass rows of x, y, z.')
  checkObjects(vectors, 'vectors', 'Pass [{ start, end }].')
  checkObjects(boxes, 'boxes', 'Pass [{ corners }].')
  const wrong = boxes.findIndex(({ corners }) => !Array.isArray(corners) || corners.length !== 8)
  if (wrong >= 0) throw new InvalidMediaError(`Box ${wrong} of the scene does not have 8 corners.`, 'Pass all of them.')
  // In the order in which W&B's client writes them.
  return { kind: 'text', text: toJsonText(toPlainJson({ type, vectors, points, boxes }), 'compact') }
}
