import { type Shadowing, shadowMethod } from '@lossline/core/adapter'

/** One array of gradients: name of its variable, and values that belong to tfjs and are gone after the call. */
export interface Gradient {
  readonly name: string
  readonly values: ArrayLike<number>
}

export interface WatchOptimizerOptions {
  /** Asked at each step; `undefined`: nobody wants its gradients, so none is read. */
  takerOfStep(): ((gradients: readonly Gradient[]) => void) | undefined
  /** The gradients could not be read, or taking them has failed. The step is done all the same. */
  onError(cause: unknown): void
}

/**
 * Watches the gradients that an optimizer applies, by a method of its own in front of `applyGradients`. They are read where
 * tfjs hands them over, inside its own tidy, and nothing is computed with tensors: none is made, none is kept.
 *
 * @returns `undefined` when the optimizer cannot be watched, or is watched already.
 */
export function watchOptimizer(
  optimizer: object,
  { takerOfStep, onError }: WatchOptimizerOptions,
): Shadowing | undefined {
  return shadowMethod(optimizer, 'applyGradients', 'lossline-tfjs', (applyGradients) => {
    return function (this: unknown, ...args) {
      try {
        takerOfStep()?.(readGradients(args[0]))
      } catch (cause) {
        onError(cause)
      }
      return Reflect.apply(applyGradients, this, args)
    }
  })
}

/** tfjs hands over a list of `{ name, tensor }` in `fit`, and a map of tensors by name where all variables train. */
function readGradients(given: unknown): readonly Gradient[] {
  if (typeof given !== 'object' || given === null) return []
  const pairs: readonly (readonly [string, unknown])[] = Array.isArray(given)
    ? given.map(({ name, tensor }: { name: string; tensor: unknown }) => [name, tensor] as const)
    : Object.entries(given)
  return pairs.flatMap(([name, tensor]) => {
    // A variable that the loss does not depend on has none.
    if (typeof tensor !== 'object' || tensor === null) return []
    const read: unknown = Reflect.get(tensor, 'dataSync')
    if (typeof read !== 'function') return []
    return [{ name, values: Reflect.apply(read, tensor, []) as ArrayLike<number> }]
  })
}
