import { ConfigLockedError, CyclicValueError, InvalidKeyError, ReservedKeyError } from '../errors.ts'
import { isSubtree } from '../run/tree-proxy.ts'

/** One change of a config: a value at a path, or its removal. */
export type ConfigChange =
  | { readonly kind: 'set'; readonly path: readonly string[]; readonly value: unknown }
  | { readonly kind: 'remove'; readonly path: readonly string[] }

/** Whether values that are set may change. */
export interface ConfigChangeOptions {
  readonly allowValChange: boolean
}

/** The config in memory: nested plain objects with the caller's own values as leaves. */
export interface ConfigTree {
  /** The value at a path; the whole tree for an empty one. */
  read(path: readonly string[]): unknown
  /**
   * Merges an object leaf by leaf.
   *
   * @returns The leaves that changed.
   * @throws {@link ConfigLockedError} when a value would change and may not. Nothing is changed then.
   */
  merge(changes: object, options: ConfigChangeOptions): ConfigChange[]
  /** Puts a value, possibly an object, in the place of another. Returns and throws as {@link merge}. */
  replace(path: readonly string[], value: unknown, options: ConfigChangeOptions): ConfigChange[]
  /** Removes what is at a path. Returns and throws as {@link merge}. */
  remove(path: readonly string[], options: ConfigChangeOptions): ConfigChange[]
  /**
   * Keeps top-level keys as they are: what would change them is left out.
   *
   * @param onIgnored - Hears of each key that would have changed.
   */
  lock(keys: Iterable<string>, onIgnored: (key: string) => void): void
}

/** @param initial - Copied: later changes of the caller's object do not reach the tree. */
export function createConfigTree(initial: object): ConfigTree {
  const root: Record<string, unknown> = emptyNode()
  const locked = new Map<string, (key: string) => void>()

  const read = (path: readonly string[]): unknown => {
    let value: unknown = root
    for (const label of path) {
      if (!isSubtree(value) || !Object.hasOwn(value, label)) return undefined
      value = value[label]
    }
    return value
  }

  const apply = (change: ConfigChange): void => {
    let node = root
    for (const label of change.path.slice(0, -1)) {
      const inner = node[label]
      const next = isSubtree(inner) ? inner : emptyNode()
      node[label] = next
      node = next
    }
    const last = change.path.at(-1) ?? ''
    if (change.kind === 'remove') delete node[last]
    else node[last] = change.value
  }

  const checkChange = (path: readonly string[], after: unknown, { allowValChange }: ConfigChangeOptions): boolean => {
    const before = read(path)
    if (before === undefined) return after !== undefined
    if (isSame(before, after)) return false
    if (!allowValChange) throw new ConfigLockedError(path, before, after)
    return true
  }

  const mergeInto = (
    changes: ConfigChange[],
    path: readonly string[],
    value: unknown,
    options: ConfigChangeOptions,
  ) => {
    if (isSubtree(value) && (isSubtree(read(path)) || read(path) === undefined)) {
      for (const [label, member] of Object.entries(value)) mergeInto(changes, [...path, label], member, options)
    } else if (checkChange(path, value, options)) {
      if (isSubtree(read(path))) changes.push({ kind: 'remove', path })
      changes.push({ kind: 'set', path, value })
    }
  }

  /** Whether a top-level key may be set to a value; one that is locked says so. */
  const isOpen = (key: string, after: unknown): boolean => {
    const onIgnored = locked.get(key)
    if (onIgnored === undefined) return true
    if (!isSame(root[key], after)) onIgnored(key)
    return false
  }

  const commit = (changes: ConfigChange[]): ConfigChange[] => {
    for (const change of changes) apply(change)
    return changes
  }

  const tree: ConfigTree = {
    read,
    merge(changes, options) {
      const collected: ConfigChange[] = []
      const copy = copyValue(changes, [], [])
      if (isSubtree(copy)) {
        for (const [label, value] of Object.entries(copy)) {
          const key = toConfigKey(label)
          if (isOpen(key, value)) mergeInto(collected, [key], value, options)
        }
      }
      return commit(collected)
    },
    replace(path, value, options) {
      const [key = '', ...rest] = path
      const target = [toConfigKey(key), ...rest]
      const copy = copyValue(value, target, [])
      if (!isOpen(target[0]!, rest.length === 0 ? copy : undefined)) return []
      if (!checkChange(target, copy, options)) return []
      const set: ConfigChange = { kind: 'set', path: target, value: copy }
      return commit(isSubtree(read(target)) ? [{ kind: 'remove', path: target }, set] : [set])
    },
    remove(path, options) {
      if (!isOpen(path[0] ?? '', undefined)) return []
      return checkChange(path, undefined, options) ? commit([{ kind: 'remove', path }]) : []
    },
    lock(keys, onIgnored) {
      for (const key of keys) locked.set(key, onIgnored)
    },
  }
  tree.merge(initial, { allowValChange: true })
  return tree
}

// W&B's client strips dashes too, so that `--lr` of a command line is `lr`.
function toConfigKey(key: string): string {
  const stripped = key.replace(/^-+|-+$/g, '')
  if (stripped === '_wandb') throw new ReservedKeyError(stripped)
  return stripped
}

/** Plain objects and lists are copied, and lists frozen: a change of them would go unnoticed. */
function copyValue(value: unknown, path: readonly string[], ancestors: readonly object[]): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (!Array.isArray(value) && !isSubtree(value) && path.length > 0) return value
  if (ancestors.includes(value)) throw new CyclicValueError(path)
  const inner = [...ancestors, value]
  if (Array.isArray(value)) return Object.freeze(value.map((item) => copyValue(item, path, inner)))
  const symbol = Object.getOwnPropertySymbols(value).find((key) =>
    Object.prototype.propertyIsEnumerable.call(value, key),
  )
  if (symbol !== undefined) throw new InvalidKeyError(symbol, path)
  const node = emptyNode()
  for (const [key, member] of Object.entries(value)) {
    if (member !== undefined) node[key] = copyValue(member, [...path, key], inner)
  }
  return node
}

// Without a prototype, so that `__proto__` and `constructor` are keys like any others.
function emptyNode(): Record<string, unknown> {
  return Object.create(null) as Record<string, unknown>
}

function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false
  if (one instanceof Date && other instanceof Date) return one.getTime() === other.getTime()
  if (Array.isArray(one) !== Array.isArray(other)) return false
  if (!Array.isArray(one) && (!isSubtree(one) || !isSubtree(other))) return false
  const keys = Object.keys(one)
  const get = (object: object, key: string): unknown => Reflect.get(object, key)
  return (
    keys.length === Object.keys(other).length &&
    keys.every((key) => Object.hasOwn(other, key) && isSame(get(one, key), get(other, key)))
  )
}
