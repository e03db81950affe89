import { refuseInnerArtifacts } from '../artifacts/config-artifacts.ts'
import { checkNamedValues } from '../options/check-named-values.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { createTreeProxy, isSubtree } from '../run/tree-proxy.ts'
import type { ConfigChange, ConfigTree } from './config-tree.ts'

/** Some of the members of an object, at every depth. */
export type DeepPartial<Value> = Value extends readonly unknown[] | ((...args: never) => unknown) | Date
  ? Value
  : Value extends object
    ? { [Key in keyof Value]?: DeepPartial<Value[Key]> }
    : Value

/** Options of changes of the config. */
export interface ConfigUpdateOptions {
  /** Whether values that are set may change. Default: the run's setting `allowValChange`. */
  readonly allowValChange?: boolean
}

const updateOptionNames: OptionNames<ConfigUpdateOptions> = { allowValChange: true }

/** What a config can do besides being read. A config key of the same name is reached with {@link ConfigMethods.get}. */
export interface ConfigMethods<Config extends object> {
  /**
   * Merges values leaf by leaf: `update({ optimizer: { momentum: 0.9 } })` keeps the optimizer's other keys.
   *
   * @throws {@link ConfigLockedError} when a value is set already and would change. Nothing is changed then.
   */
  update(changes: DeepPartial<Config> & Readonly<Record<string, unknown>>, options?: ConfigUpdateOptions): void
  /** Sets the top-level keys that have no value yet, and leaves the others as they are. */
  setDefaults(defaults: Readonly<Record<string, unknown>>): void
  /** Value of a top-level key, also of one that has the name of a method. */
  get(key: string): unknown
  /** A copy as a plain object. */
  toJSON(): Config
}

/**
 * The config of a run. Reads have the types of what `init` was given. An assignment sets a value and may not change
 * one that is set, unless the run allows it.
 */
export type RunConfig<Config extends object> = ConfigMethods<Config> & Omit<Config, keyof ConfigMethods<Config>>

/** What a config needs from its run. */
export interface CreateRunConfigOptions {
  readonly tree: ConfigTree
  readonly allowValChange: boolean
  record(changes: readonly ConfigChange[]): void
  /** Whether a change does anything; throws when the run has finished. */
  accepts(call: string): boolean
}

/** Makes the object behind `run.config`. */
export function createRunConfig<Config extends object>(options: CreateRunConfigOptions): RunConfig<Config> {
  const { tree, record, accepts } = options
  const byDefault = { allowValChange: options.allowValChange }
  const methods: ConfigMethods<Config> = {
    update(changes, updateOptions) {
      if (!accepts('config.update')) return
      checkNamedValues('config.update', changes)
      checkOptions('config.update', updateOptions, updateOptionNames)
      refuseInnerArtifacts(changes)
      record(tree.merge(changes, { ...byDefault, ...updateOptions }))
    },
    setDefaults(defaults) {
      if (!accepts('config.setDefaults')) return
      checkNamedValues('config.setDefaults', defaults)
      refuseInnerArtifacts(defaults)
      const missing = Object.entries(defaults).filter(([key]) => tree.read([key]) === undefined)
      record(tree.merge(Object.fromEntries(missing), byDefault))
    },
    get: (key) => tree.read([key]),
    toJSON: () => toPlain(tree.read([])) as Config,
  }
  const access = {
    read: tree.read,
    write(path: readonly string[], value: unknown) {
      if (!accepts('a change of the config')) return
      refuseInnerArtifacts(value, path)
      record(tree.replace(path, value, byDefault))
    },
    remove(path: readonly string[]) {
      if (accepts('a change of the config')) record(tree.remove(path, byDefault))
    },
  }
  // The tree holds what init was given, so its properties have the types of that.
  return createTreeProxy(access, { ...methods }) as RunConfig<Config>
}

function toPlain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toPlain)
  if (!isSubtree(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, toPlain(member)]))
}
