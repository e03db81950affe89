/** A number in W&B's JSON: `NaN`, `Infinity` and `-Infinity` stay bare, −0 is written as 0. */
export function numberToJson(value: number): string {
  return String(value)
}

const numericToken = /^(?:-?(?:[0-9]|Infinity$)|NaN$)/

/** The number that a JSON text is, or undefined when it is something else. */
export function jsonToNumber(json: string): number | undefined {
  return numericToken.test(json) ? Number(json) : undefined
}
