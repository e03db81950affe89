// Deeper objects are not rows of numbers; what flattens them finds their symbols itself.
const depthMax = 16

/** Whether an object or a plain one in it has symbols for keys, which the log path for numbers does not look at. */
export function hasSymbolKeys(value: object, depth = 0): boolean {
  if (Object.getOwnPropertySymbols(value).length > 0) return true
  if (depth === depthMax) return false
  for (const key of Object.keys(value)) {
    // Not what a getter gives: to call it could have effects, or throw.
    const member: unknown = Object.getOwnPropertyDescriptor(value, key)?.value
    const isNested = typeof member === 'object' && member !== null && Object.getPrototypeOf(member) === Object.prototype
    if (isNested && hasSymbolKeys(member, depth + 1)) return true
  }
  return false
}
