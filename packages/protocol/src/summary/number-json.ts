const numericToken = /^(?:-?(?:[0-9]|Infinity$)|NaN$)/

/** The number that a JSON text is, or undefined when it is something else. */
export function jsonToNumber(json: string): number | undefined {
  return numericToken.test(json) ? Number(json) : undefined
}
