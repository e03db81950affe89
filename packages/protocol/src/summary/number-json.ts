const numericToken = /^(?:-?(?:[0-9]|Infinity$)|NaN$)/

/** The number that a JSON text is, or undefined when it is something else. */
export function jsonToNumber(json: string): number | undefined {
  return numericToken.test(json) ? Number(json) : undefined
}

/** Whether a number is an integer with more digits than its double holds, so that its text has to be kept. */
export function isWideInteger(json: string, value: number): boolean {
  return Number.isInteger(value) && !Number.isSafeInteger(value) && /^-?\d+$/.test(json)
}
