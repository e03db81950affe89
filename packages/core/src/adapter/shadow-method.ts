/** A method of one object that stands in front of another one, until it is taken away. */
export interface Shadowing {
  /** Puts back what was there. Safe to call twice; a method that somebody else put in front since stays, and calls through. */
  undo(): void
}

type Method = (this: unknown, ...args: never[]) => unknown

// By `Symbol.for`, so that two copies of this package know each other's.
const shadows = Symbol.for('lossline.shadows')

/**
 * Puts a method in front of one that an object has or inherits, on this object alone: its identity, prototype and type stay.
 *
 * @param label - Who does it: the same label on the same method is put there once only, see {@link isShadowed}.
 * @param wrap - Gets the method that was there and makes the one in front, which passes on `this` and the arguments and returns,
 *   or throws, what that one does.
 * @returns `undefined`, and nothing changed, where there is no such method, the object cannot be changed, or the label is there
 *   already.
 * @example const shadowing = shadowMethod(session, 'run', 'onnx', (run) => function (...args) { return Reflect.apply(run, this, args) })
 */
export function shadowMethod(
  target: object,
  name: string,
  label: string,
  wrap: (original: Method) => Method,
): Shadowing | undefined {
  const original: unknown = Reflect.get(target, name)
  if (typeof original !== 'function' || isShadowed(target, name, label)) return undefined
  const earlier = Object.getOwnPropertyDescriptor(target, name)
  const active = { isActive: true }
  const inFront = wrap(original as Method)
  const method = function (this: unknown, ...args: never[]): unknown {
    return Reflect.apply(active.isActive ? inFront : (original as Method), this, args)
  }
  Object.defineProperty(method, 'name', { value: name, configurable: true })
  Object.defineProperty(method, shadows, { value: { label, original, active } })
  const isPlaced = Reflect.defineProperty(target, name, {
    value: method,
    configurable: true,
    writable: true,
    enumerable: earlier?.enumerable ?? false,
  })
  if (!isPlaced) return undefined
  return {
    undo() {
      active.isActive = false
      if (Object.getOwnPropertyDescriptor(target, name)?.value !== method) return
      if (earlier === undefined) Reflect.deleteProperty(target, name)
      else Object.defineProperty(target, name, earlier)
    },
  }
}

interface Shadow {
  readonly label: string
  readonly original: object
  readonly active: { readonly isActive: boolean }
}

/** Whether {@link shadowMethod} has put a method of this label on an object, and nobody has undone it. */
export function isShadowed(target: object, name: string, label: string): boolean {
  let method: unknown = Reflect.get(target, name)
  while (typeof method === 'function') {
    const shadow: Shadow | undefined = Reflect.get(method, shadows)
    if (shadow?.label === label && shadow.active.isActive) return true
    method = shadow?.original
  }
  return false
}
