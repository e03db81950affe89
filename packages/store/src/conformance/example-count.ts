/**
 * How many examples a property tries: few in every run of the tests, and `LOSSLINE_EXAMPLES=50` times
 * as many for a long look at a driver.
 */
export function exampleCount(usual: number): number {
  return usual * Number(process.env.LOSSLINE_EXAMPLES ?? 1)
}
