import type { RunQueryNode } from '@lossline/protocol'

/** Where a part of a query is: the place among the parts at each level; of `not` it is always 0. */
export type QueryPath = readonly number[]

/** Parts of which all or one must hold. While it is edited it may have one part, or none. */
export type QueryGroup = Extract<RunQueryNode, { readonly kind: 'and' | 'or' }>

/** What is asked of one key, or words that are looked for. */
export type QueryCondition = Exclude<RunQueryNode, { readonly kind: 'and' | 'or' | 'not' }>

/** Whether a part is made of others. */
export function isGroup(part: RunQueryNode): part is QueryGroup {
  return part.kind === 'and' || part.kind === 'or'
}

/** A query as a group, so that there is something to add to. */
export function toGroup(query: RunQueryNode | undefined): QueryGroup {
  if (query !== undefined && isGroup(query)) return query
  return { kind: 'and', of: query === undefined ? [] : [query] }
}

/** What a query that was edited asks: groups of one part are that part, and those of none are left out. */
export function fromGroup(node: RunQueryNode): RunQueryNode | undefined {
  switch (node.kind) {
    case 'and':
    case 'or': {
      const of = node.of.flatMap((part) => fromGroup(part) ?? [])
      return of.length > 1 ? { kind: node.kind, of } : of[0]
    }
    case 'not': {
      const of = fromGroup(node.of)
      return of && { kind: 'not', of }
    }
    default:
      return node
  }
}

function partsOf(node: RunQueryNode): readonly RunQueryNode[] {
  if (isGroup(node)) return node.of
  return node.kind === 'not' ? [node.of] : []
}

/** The part at a path; undefined where there is none. */
export function partAt(root: RunQueryNode, path: QueryPath): RunQueryNode | undefined {
  return path.reduce<RunQueryNode | undefined>((node, place) => node && partsOf(node)[place], root)
}

/** The query with another part in place of one, or without it. A `not` goes with what it denies. */
export function withPart(root: QueryGroup, path: QueryPath, part: RunQueryNode | undefined): QueryGroup {
  const changed = replaceIn(root, path, part)
  return changed === undefined ? { ...root, of: [] } : toGroup(changed)
}

function replaceIn(node: RunQueryNode, path: QueryPath, part: RunQueryNode | undefined): RunQueryNode | undefined {
  const [place, ...rest] = path
  if (place === undefined) return part
  if (node.kind === 'not') {
    const of = replaceIn(node.of, rest, part)
    return of && { kind: 'not', of }
  }
  if (!isGroup(node)) return node
  const of = node.of.flatMap((one, index) => (index === place ? (replaceIn(one, rest, part) ?? []) : [one]))
  return { kind: node.kind, of }
}

/** The query with one part more at the end of a group. */
export function withAdded(root: QueryGroup, group: QueryPath, part: RunQueryNode): QueryGroup {
  const found = partAt(root, group)
  if (found === undefined || !isGroup(found)) return root
  return withPart(root, group, { kind: found.kind, of: [...found.of, part] })
}

/** The opposite of a part. What is denied already is no longer. */
export function negated(part: RunQueryNode): RunQueryNode {
  return part.kind === 'not' ? part.of : { kind: 'not', of: part }
}

/** The part behind all its `not`, how many there are, and where it is. */
export function behindNot(
  part: RunQueryNode,
  path: QueryPath,
): { readonly part: QueryCondition | QueryGroup; readonly path: QueryPath; readonly notCount: number } {
  let [node, notCount] = [part, 0]
  while (node.kind === 'not') {
    node = node.of
    notCount += 1
  }
  return { part: node, path: [...path, ...Array<number>(notCount).fill(0)], notCount }
}

/** The other way to join parts. */
export function otherKind(kind: QueryGroup['kind']): QueryGroup['kind'] {
  return kind === 'and' ? 'or' : 'and'
}

/** Whether a condition is one of those that must all hold. */
export function hasCondition(root: QueryGroup, condition: RunQueryNode): boolean {
  return placeOf(root, condition) >= 0
}

/** The query with a condition that must hold too, or without it. */
export function toggleCondition(root: QueryGroup, condition: RunQueryNode): QueryGroup {
  const place = placeOf(root, condition)
  if (place >= 0) return withPart(root, [place], undefined)
  const isAll = root.kind === 'and' || root.of.length < 2
  return { kind: 'and', of: [...(isAll ? root.of : [root]), condition] }
}

function placeOf(root: QueryGroup, condition: RunQueryNode): number {
  if (root.kind === 'or' && root.of.length > 1) return -1
  const wanted = JSON.stringify(condition)
  return root.of.findIndex((part) => JSON.stringify(part) === wanted)
}
