/** The keys of an object in the order in which it lists them; a key of a nested object has a node of its own. */
export interface ShapeNode {
  readonly keys: readonly string[]
  /** By position: what a nested object holds; undefined = a number. */
  readonly children: readonly (ShapeNode | undefined)[]
  readonly hasChildren: boolean
}

/** The keys of a row of numbers, nested or flat. */
export interface RowShape {
  readonly id: number
  /** The way to each number, in the order of {@link ShapeNode.keys}. */
  readonly paths: readonly (readonly string[])[]
  readonly root: ShapeNode
}

// Deeper rows are rare, and an object that holds itself has no end.
const depthMax = 16

/** Whether an object surely has no properties by inheritance, so that `for in` lists its own ones. */
export function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}

/** The shape of an object that holds numbers and plain objects of them; undefined for any other. */
export function describeShape(value: object, depth = 0): ShapeNode | undefined {
  if (depth === depthMax || !isPlain(value)) return undefined
  const keys = Object.keys(value)
  const children: (ShapeNode | undefined)[] = []
  for (const key of keys) {
    if (!key.isWellFormed()) return undefined
    const member = (value as Record<string, unknown>)[key]
    if (typeof member === 'number') {
      children.push(undefined)
      continue
    }
    if (typeof member !== 'object' || member === null) return undefined
    const child = describeShape(member, depth + 1)
    if (child === undefined) return undefined
    children.push(child)
  }
  return { keys, children, hasChildren: children.some((child) => child !== undefined) }
}

/** The ways to the numbers of a shape. */
export function pathsOf({ keys, children }: ShapeNode, prefix: readonly string[] = []): (readonly string[])[] {
  return keys.flatMap((key, index) => {
    const child = children[index]
    const path = [...prefix, key]
    return child === undefined ? [path] : pathsOf(child, path)
  })
}

/** A text that two shapes share exactly when they are alike. */
export function signatureOf(node: ShapeNode): string {
  return JSON.stringify(node, ['keys', 'children'])
}
