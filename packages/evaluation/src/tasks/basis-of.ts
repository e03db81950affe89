/** The basis of metrics that rest on some of the rows: nothing to say where these are all. */
export function basisOf(
  metrics: Readonly<Record<string, number>>,
  usedCount: number,
  rowCount: number,
): Record<string, number> {
  return usedCount === rowCount ? {} : Object.fromEntries(Object.keys(metrics).map((name) => [name, usedCount]))
}
