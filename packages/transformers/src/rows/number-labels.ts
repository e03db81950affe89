/** Class names with a number each, as layers over images want them. */
export interface NumberedLabels {
  readonly ids: ReadonlyMap<string, number>
  readonly classLabels: Readonly<Record<number, string>>
  /** `cat × 2, dog × 1` */
  readonly counts: string
}

/** Numbers class names from 1, in the order in which they come: 0 is no class. */
export function numberLabels(labels: readonly string[]): NumberedLabels {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  const names = [...counts.keys()]
  return {
    ids: new Map(names.map((name, index) => [name, index + 1])),
    classLabels: Object.fromEntries(names.map((name, index) => [index + 1, name])),
    counts: [...counts].map(([label, count]) => `${label} × ${count}`).join(', '),
  }
}
