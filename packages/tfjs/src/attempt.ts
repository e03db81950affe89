/** What a model or engine answers; `undefined` where it throws. It is described by what it does answer. */
export function attempt<Value>(read: () => Value): Value | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
