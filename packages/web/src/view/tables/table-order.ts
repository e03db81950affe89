import { compareNatural } from '../text/natural-order.ts'
import { keyTitle } from '../workspace/sections.ts'

/** Tables by name; those that W&B's and our plots keep their points in, `<plot>_table`, behind the others. */
export function inTableOrder<T extends { readonly key: string }>(tables: readonly T[]): readonly T[] {
  const isOfPlot = ({ key }: T): number => (keyTitle(key).endsWith('_table') ? 1 : 0)
  return tables.toSorted((a, b) => isOfPlot(a) - isOfPlot(b) || compareNatural(a.key, b.key))
}
