/** What a tree proxy reads from and writes to. A path holds labels from the outside in and is never empty in writes. */
export interface TreeAccess {
  /** The value at a path: a plain object for a subtree, `undefined` for nothing. */
  read(path: readonly string[]): unknown
  write(path: readonly string[], value: unknown): void
  remove(path: readonly string[]): void
}

/**
 * Makes an object whose properties, nested ones too, are read from and written to a tree.
 *
 * @param methods - Properties that are there before the tree's. They are not enumerated and cannot be replaced.
 */
export function createTreeProxy(
  access: TreeAccess,
  methods: Readonly<Record<string, unknown>> = {},
  path: readonly string[] = [],
): object {
  const subtree = (): Readonly<Record<string, unknown>> => {
    const value = access.read(path)
    return isSubtree(value) ? value : {}
  }
  const present = (label: string): unknown => {
    const value = access.read([...path, label])
    return isSubtree(value) ? createTreeProxy(access, {}, [...path, label]) : value
  }
  const target = Object.create(null, {
    // console.log looks at the proxy's target, where the tree is not.
    [Symbol.for('nodejs.util.inspect.custom')]: { value: subtree, configurable: true },
  }) as object

  return new Proxy(target, {
    get(_, key) {
      if (typeof key === 'symbol') return undefined
      return Object.hasOwn(methods, key) ? methods[key] : present(key)
    },
    set(_, key, value) {
      if (typeof key === 'symbol' || Object.hasOwn(methods, key)) return false
      access.write([...path, key], value)
      return true
    },
    deleteProperty(_, key) {
      if (typeof key === 'symbol') return false
      access.remove([...path, key])
      return true
    },
    has: (_, key) => typeof key === 'string' && (Object.hasOwn(methods, key) || Object.hasOwn(subtree(), key)),
    ownKeys: () => Object.keys(subtree()),
    getOwnPropertyDescriptor(_, key) {
      if (typeof key === 'symbol' || !Object.hasOwn(subtree(), key)) return undefined
      return { value: present(key), writable: true, enumerable: true, configurable: true }
    },
  })
}

/** Whether a value is an inner node of a tree. */
export function isSubtree(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === Object.prototype || prototype === null
}
