import { type ColumnType, columnTypes, type ImageTypeDetails, unionOf } from './column-type.ts'
import { isNumericArray, type TableCell } from './table-cell.ts'

/**
 * The type of a column after a cell of it got this value, by the rules of W&B's client: a column keeps the type of its
 * first value, what is unknown is filled in, and what does not fit is `undefined`.
 */
export function assignCell(type: ColumnType, cell: TableCell): ColumnType | undefined {
  switch (type.kind) {
    case 'union':
      return assignFirst(type, (member) => assignCell(member, cell))
    case 'list':
      return isList(cell) ? assignList(type, cell) : undefined
    case 'dictionary':
      return isDictionary(cell) ? assignDictionary(type, cell) : undefined
    default:
      return assignType(type, typeOfCell(cell))
  }
}

/** The type of one cell for itself. */
export function typeOfCell(cell: TableCell): ColumnType {
  switch (typeof cell) {
    case 'number':
      return Number.isNaN(cell) ? columnTypes.none : columnTypes.number
    case 'bigint':
      return columnTypes.number
    case 'string':
      return columnTypes.string
    case 'boolean':
      return columnTypes.boolean
    default:
      return typeOfObject(cell)
  }
}

function typeOfObject(cell: Exclude<TableCell, number | bigint | string | boolean>): ColumnType {
  if (cell === null) return columnTypes.none
  if (cell instanceof Date) return columnTypes.timestamp
  if (isNumericArray(cell)) return { kind: 'array', shape: [cell.length] }
  if (isList(cell)) return typeOfList(cell)
  if (isDictionary(cell)) {
    return { kind: 'dictionary', types: new Map([...cell].map(([key, member]) => [key, typeOfCell(member)])) }
  }
  return cell.columnType
}

function typeOfList(cells: readonly TableCell[]): ColumnType {
  // W&B's client takes NaN in a list of numbers for an error that shows much later; here it is a gap like null.
  const hasGap = cells.some((cell) => typeOfCell(cell).kind === 'none')
  let element: ColumnType = hasGap ? unionOf([columnTypes.unknown, columnTypes.none]) : columnTypes.unknown
  for (const cell of cells) element = assignCell(element, cell) ?? columnTypes.invalid
  return { kind: 'list', element, length: cells.length }
}

// Here and below: the same object where nothing changes, so that a column sees that at a glance.
function assignList(type: ColumnType & { kind: 'list' }, cells: readonly TableCell[]): ColumnType | undefined {
  let next: ColumnType | undefined = type.element
  for (const cell of cells) {
    next = assignCell(next, cell)
    if (next === undefined) return undefined
  }
  if (next === type.element && type.length === cells.length) return type
  return { kind: 'list', element: next, length: cells.length }
}

function assignDictionary(
  type: ColumnType & { kind: 'dictionary' },
  cells: ReadonlyMap<string, TableCell>,
): ColumnType | undefined {
  return assignMembers(type, cells.keys(), (member, key) => assignCell(member, cells.get(key) ?? null))
}

function assignMembers(
  type: ColumnType & { kind: 'dictionary' },
  otherKeys: Iterable<string>,
  assign: (member: ColumnType, key: string) => ColumnType | undefined,
): ColumnType | undefined {
  for (const key of otherKeys) if (!type.types.has(key)) return undefined
  const next = new Map<string, ColumnType>()
  let hasChanged = false
  for (const [key, member] of type.types) {
    const assigned = assign(member, key)
    if (assigned === undefined) return undefined
    hasChanged ||= assigned !== member
    next.set(key, assigned)
  }
  return hasChanged ? { kind: 'dictionary', types: next } : type
}

/** The first member that takes the cell does; a member that is still unknown becomes what the others refuse. */
function assignFirst(
  union: ColumnType & { kind: 'union' },
  assign: (member: ColumnType) => ColumnType | undefined,
): ColumnType | undefined {
  const { members } = union
  for (const [index, member] of members.entries()) {
    if (member.kind === 'unknown') continue
    const assigned = assign(member)
    if (assigned === undefined) continue
    return assigned === member ? union : unionOf(members.with(index, assigned))
  }
  const unknownIndex = members.findIndex((member) => member.kind === 'unknown')
  const assigned = unknownIndex < 0 ? undefined : assign(columnTypes.unknown)
  return assigned === undefined ? undefined : unionOf(members.with(unknownIndex, assigned))
}

/** The type that holds what both types hold, if the first one can become it; else `undefined`. */
function assignType(type: ColumnType, other: ColumnType): ColumnType | undefined {
  switch (type.kind) {
    case 'union': {
      let union: ColumnType | undefined = type
      for (const member of other.kind === 'union' ? other.members : [other]) {
        if (union?.kind !== 'union') return undefined
        union = assignFirst(union, (own) => assignType(own, member))
      }
      return union
    }
    case 'list': {
      if (other.kind !== 'list') return undefined
      const element = assignType(type.element, other.element)
      return element && { kind: 'list', element, length: type.length === other.length ? type.length : null }
    }
    case 'dictionary':
      if (other.kind !== 'dictionary') return undefined
      return assignMembers(type, other.types.keys(), (member, key) =>
        assignType(member, other.types.get(key) ?? columnTypes.unknown),
      )
    case 'image':
      if (other.kind !== 'image') return undefined
      return other === type ? type : mergeImages(type.details, other.details)
    case 'array':
      return other.kind === 'list' || isSameType(type, other) ? type : undefined
    case 'any':
      return other.kind === 'none' || other.kind === 'invalid' ? undefined : type
    case 'unknown':
      return other.kind === 'none' ? undefined : other
    case 'invalid':
      return undefined
    default:
      return isSameType(type, other) ? type : undefined
  }
}

/** Layers and classes of both; where both name a class, the first one's name stays. */
function mergeImages(one: ImageTypeDetails, other: ImageTypeDetails): ColumnType {
  return {
    kind: 'image',
    details: {
      boxLayers: mergeLists(one.boxLayers, other.boxLayers),
      boxScoreKeys: [...new Set([...one.boxScoreKeys, ...other.boxScoreKeys])],
      maskLayers: mergeLists(one.maskLayers, other.maskLayers),
      boxClassMaps: mergeMaps(one.boxClassMaps, other.boxClassMaps),
      maskClassMaps: mergeMaps(one.maskClassMaps, other.maskClassMaps),
      classMap: { ...other.classMap, ...one.classMap },
    },
  }
}

function mergeLists(
  one: ImageTypeDetails['boxLayers'],
  other: ImageTypeDetails['boxLayers'],
): ImageTypeDetails['boxLayers'] {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return Object.fromEntries(keys.map((key) => [key, [...new Set([...ownOf(one, key), ...ownOf(other, key)])]]))
}

/** A layer may have any name, also `constructor`. */
function ownOf(lists: ImageTypeDetails['boxLayers'], key: string): readonly (number | string)[] {
  return Object.hasOwn(lists, key) ? (lists[key] ?? []) : []
}

function mergeMaps(
  one: ImageTypeDetails['boxClassMaps'],
  other: ImageTypeDetails['boxClassMaps'],
): ImageTypeDetails['boxClassMaps'] {
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])]
  return Object.fromEntries(keys.map((key) => [key, { ...other[key], ...one[key] }]))
}

function isSameType(one: ColumnType, other: ColumnType): boolean {
  if (one === other) return true
  if (one.kind !== other.kind) return false
  if (one.kind === 'named' && other.kind === 'named') {
    return one.name === other.name && JSON.stringify(one.params) === JSON.stringify(other.params)
  }
  if (one.kind === 'array' && other.kind === 'array') return one.shape.join() === other.shape.join()
  if (one.kind === 'constant' && other.kind === 'constant') {
    return JSON.stringify(one.value) === JSON.stringify(other.value)
  }
  return true
}

function isList(cell: TableCell): cell is readonly TableCell[] {
  return Array.isArray(cell)
}

function isDictionary(cell: TableCell): cell is ReadonlyMap<string, TableCell> {
  return cell instanceof Map
}
