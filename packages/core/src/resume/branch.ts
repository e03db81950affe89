/** A step of a run, written `<run id>?_step=<n>`. */
export interface RunStep {
  readonly runId: string
  readonly step: number
}

/**
 * Reads where a run branches off, in W&B's notation.
 *
 * @throws TypeError that says what is allowed.
 */
export function parseRunStep(text: string): RunStep {
  const match = /^([^?]+)\?_step=(\d+)$/.exec(text)
  const step = Number(match?.[2])
  if (match?.[1] === undefined || !Number.isSafeInteger(step)) {
    throw new TypeError(`it is a run and a step, such as "k3v9xq2a?_step=100", not ${JSON.stringify(text)}.`)
  }
  return { runId: match[1], step }
}
