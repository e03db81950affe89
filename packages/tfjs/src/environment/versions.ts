import type { ModelLike } from '../tensorflow-like.ts'

/** Version of the tfjs-layers that a model belongs to: its JSON says `tfjs-layers 4.22.0`. */
export function describeVersion(model: ModelLike | undefined): string | undefined {
  if (model === undefined) return undefined
  try {
    const toJson: unknown = Reflect.get(model, 'toJSON')
    if (typeof toJson !== 'function') return undefined
    const json: unknown = Reflect.apply(toJson, model, [null, false])
    const version: unknown = typeof json === 'object' && json !== null ? Reflect.get(json, 'keras_version') : undefined
    return typeof version === 'string' ? /\d+\.\d+\.\d+\S*/.exec(version)?.[0] : undefined
  } catch {
    // A model of classes that cannot be serialised trains all the same.
    return undefined
  }
}
