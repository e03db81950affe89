const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** Compares names so that `layer2` comes before `layer10`; equal-looking names by code unit, so the order is total. */
export function compareNatural(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : a > b ? 1 : 0)
}
