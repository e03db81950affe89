import { ProtocolError } from '../errors.ts'
import { isJsonObject, type JsonObject, type JsonValue } from '../json/json-value.ts'
import { type ColumnType, columnTypes, type ImageTypeDetails, type SimpleTypeName, unionOf } from './column-type.ts'

/** A column's type in the words of a table's `column_types`. */
export function toColumnTypeJson(type: ColumnType): JsonObject {
  switch (type.kind) {
    case 'union':
      return typeJson('union', { allowed_types: type.members.map(toColumnTypeJson) })
    case 'list':
      return typeJson('list', { element_type: toColumnTypeJson(type.element), length: type.length })
    case 'dictionary':
      return toTableTypeJson(type.types)
    case 'array':
      return typeJson('ndarray', {
        shape: [...type.shape],
        serialization_path: type.serialization === undefined ? null : { ...type.serialization },
      })
    case 'constant':
      // A constant is kept as it was read from JSON, and nothing else makes one.
      return constantJson(type.value as JsonValue, type.isSet)
    case 'image':
      return typeJson('image-file', imageParams(type.details))
    case 'named':
      // As above.
      return typeJson(type.name, type.params as JsonObject | undefined)
    default:
      return { wb_type: type.kind }
  }
}

/** The types of all columns of a table, its `column_types`. */
export function toTableTypeJson(types: ReadonlyMap<string, ColumnType>): JsonObject {
  const typeMap: Record<string, JsonValue> = Object.create(null)
  for (const [name, type] of types) typeMap[name] = toColumnTypeJson(type)
  return typeJson('typedDict', { type_map: typeMap })
}

/**
 * Reads a type as W&B's client and ours write it. A type of an unknown name is kept as it is.
 *
 * @throws {@link ProtocolError} `invalid-table` when it has another shape.
 */
export function parseColumnType(json: unknown): ColumnType {
  const { wb_type: name, params: givenParams } = asObject(json, 'A column type')
  if (typeof name !== 'string') throw invalid('A column type has no wb_type')
  const params = givenParams === undefined ? {} : asObject(givenParams, `The params of type "${name}"`)
  switch (name) {
    case 'union':
      return unionOf(asList(params.allowed_types, 'allowed_types').map(parseColumnType))
    case 'list':
      return {
        kind: 'list',
        element: params.element_type === undefined ? columnTypes.unknown : parseColumnType(params.element_type),
        length: typeof params.length === 'number' ? params.length : null,
      }
    case 'dictionary':
    case 'typedDict':
      return { kind: 'dictionary', types: parseTypeMap(params.type_map) }
    case 'ndarray':
      return parseArrayType(params)
    case 'const':
      return { kind: 'constant', value: params.val, isSet: params.is_set === true }
    case 'image-file':
    case 'wandb.Image':
      return { kind: 'image', details: parseImageParams(params) }
    default:
      if (Object.hasOwn(columnTypes, name)) return columnTypes[name as SimpleTypeName]
      return { kind: 'named', name, ...(givenParams === undefined ? {} : { params: givenParams }) }
  }
}

/**
 * Reads a table's `column_types`, by column.
 *
 * @throws {@link ProtocolError} `invalid-table` when it has another shape.
 */
export function parseTableTypes(json: unknown): ReadonlyMap<string, ColumnType> {
  const type = parseColumnType(json)
  if (type.kind !== 'dictionary') throw invalid(`column_types is of type "${type.kind}"`)
  return type.types
}

function typeJson(name: string, params?: JsonObject): JsonObject {
  return params === undefined ? { wb_type: name } : { wb_type: name, params }
}

function constantJson(value: JsonValue, isSet = false): JsonObject {
  return typeJson('const', { val: value, is_set: isSet })
}

function imageParams(details: ImageTypeDetails): JsonObject {
  return {
    box_layers: constantJson(copyLists(details.boxLayers)),
    box_score_keys: constantJson([...details.boxScoreKeys], true),
    mask_layers: constantJson(copyLists(details.maskLayers)),
    box_class_maps: constantJson({ ...details.boxClassMaps }),
    mask_class_maps: constantJson({ ...details.maskClassMaps }),
    class_map: constantJson({ ...details.classMap }),
  }
}

function copyLists(lists: ImageTypeDetails['boxLayers']): JsonObject {
  return Object.fromEntries(Object.entries(lists).map(([key, list]) => [key, [...list]]))
}

function parseTypeMap(json: unknown): ReadonlyMap<string, ColumnType> {
  return new Map(Object.entries(asObject(json ?? {}, 'type_map')).map(([key, type]) => [key, parseColumnType(type)]))
}

function parseArrayType(params: Record<string, unknown>): ColumnType {
  const shape = asList(params.shape, 'shape').map(Number)
  const serialization = params.serialization_path
  if (!isObject(serialization)) return { kind: 'array', shape }
  const { path, key } = serialization
  if (typeof path !== 'string' || typeof key !== 'string') throw invalid('A serialization_path has no path and key')
  return { kind: 'array', shape, serialization: { path, key } }
}

function parseImageParams(params: Record<string, unknown>): ImageTypeDetails {
  const value = (name: string): unknown => {
    const member = params[name]
    // Old clients wrote the value itself, newer ones a constant.
    return isObject(member) && member.wb_type === 'const' ? asObject(member.params, name).val : member
  }
  const object = (name: string) => asObject(value(name) ?? {}, name)
  return {
    // What readers do with these depends on no more than that they are objects and lists.
    boxLayers: object('box_layers') as ImageTypeDetails['boxLayers'],
    boxScoreKeys: asList(value('box_score_keys') ?? [], 'box_score_keys').map(String),
    maskLayers: object('mask_layers') as ImageTypeDetails['maskLayers'],
    boxClassMaps: object('box_class_maps') as ImageTypeDetails['boxClassMaps'],
    maskClassMaps: object('mask_class_maps') as ImageTypeDetails['maskClassMaps'],
    classMap: object('class_map') as ImageTypeDetails['classMap'],
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && isJsonObject(value as JsonValue)
}

function asObject(value: unknown, what: string): Record<string, unknown> {
  if (!isObject(value)) throw invalid(`${what} is no object`)
  return value
}

function asList(value: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(value)) throw invalid(`${what} is no list`)
  return value
}

function invalid(what: string): ProtocolError {
  return new ProtocolError({ code: 'invalid-table', message: `Not a table of W&B's: ${what}.` })
}
