import { OnnxTensorError } from '../errors.ts'
import type { Outputs } from '../tensors/split-outputs.ts'

/**
 * What `decode` makes of the outputs for an example.
 *
 * @throws OnnxTensorError when it reads an output that the session does not give; else what it throws.
 */
export async function decodeExample<Example, Decoded>(
  decode: (outputs: Outputs, example: Example) => Decoded | Promise<Decoded>,
  outputs: Outputs,
  example: Example,
): Promise<Decoded> {
  const missing = new Set<string>()
  try {
    return await decode(noteMissing(outputs, missing), example)
  } catch (cause) {
    const [name] = missing
    if (name === undefined || !(cause instanceof TypeError)) throw cause
    throw new OnnxTensorError(
      `decode reads the output "${name}", and the session gives ${Object.keys(outputs).join(', ')}.`,
      'Use one of these names.',
      cause,
    )
  }
}

/** The outputs, so that names that are asked for and not there are noted. Optional outputs are still `undefined`. */
function noteMissing(outputs: Outputs, missing: Set<string>): Outputs {
  return new Proxy(outputs, {
    get(target, name) {
      if (typeof name === 'string' && !Object.hasOwn(target, name)) missing.add(name)
      return Reflect.get(target, name)
    },
  })
}
