import { type ColumnType, columnTypes, optionalOf, plainImageType, unionOf } from '@lossline/protocol'
import { InvalidTableError } from '../errors.ts'

/** Names of column types that can be asked for. */
export type ColumnTypeName =
  | 'number'
  | 'string'
  | 'boolean'
  | 'timestamp'
  | 'any'
  | 'image'
  | 'audio'
  | 'video'
  | 'html'
  | 'object3D'
  | 'molecule'

/** Type of a column: a name, a list of one type, a dictionary, or one of several types. */
export type ColumnTypeSpec =
  | ColumnTypeName
  | { readonly list: ColumnTypeSpec }
  | { readonly dictionary: Readonly<Record<string, ColumnTypeSpec>> }
  | { readonly union: readonly ColumnTypeSpec[] }

const named: { readonly [Name in ColumnTypeName]: ColumnType } = {
  number: columnTypes.number,
  string: columnTypes.string,
  boolean: columnTypes.boolean,
  timestamp: columnTypes.timestamp,
  any: columnTypes.any,
  image: plainImageType,
  audio: { kind: 'named', name: 'audio-file' },
  video: { kind: 'named', name: 'video-file' },
  html: { kind: 'named', name: 'html-file' },
  object3D: { kind: 'named', name: 'object3D-file' },
  molecule: { kind: 'named', name: 'molecule-file' },
}

/**
 * The type that was asked for. What is in a list or dictionary may be null, as columns may.
 *
 * @throws {@link InvalidTableError} when there is no such type.
 */
export function toColumnType(spec: ColumnTypeSpec): ColumnType {
  if (typeof spec === 'string') {
    if (Object.hasOwn(named, spec)) return named[spec]
    throw unknownType(spec)
  }
  if (typeof spec !== 'object' || spec === null) throw unknownType(spec)
  if ('list' in spec) return { kind: 'list', element: optionalOf(toColumnType(spec.list)), length: null }
  if ('union' in spec && Array.isArray(spec.union)) return unionOf(spec.union.map(toColumnType))
  if (!('dictionary' in spec) || typeof spec.dictionary !== 'object' || spec.dictionary === null)
    throw unknownType(spec)
  const members = Object.entries(spec.dictionary)
  return { kind: 'dictionary', types: new Map(members.map(([key, type]) => [key, optionalOf(toColumnType(type))])) }
}

function unknownType(spec: unknown): InvalidTableError {
  return new InvalidTableError(
    `There is no column type ${typeof spec === 'object' ? 'of that form' : `"${String(spec)}"`}.`,
    `Types are ${Object.keys(named).join(', ')}, { list }, { dictionary } and { union }.`,
  )
}
