import { type QueryLanguage, type QueryOperator, usualTimes } from '@lossline/protocol'
import { toValueDraft, type ValueDraft } from './condition-draft.ts'

/** A value that is offered for a condition. */
export interface ValueOffer {
  readonly value: ValueDraft
  /** What it is, where it is not simply a value. */
  readonly detail?: string
}

/** Values that a key is usually compared with. */
export function valueOffers(key: string, operator: QueryOperator, language: QueryLanguage): readonly ValueOffer[] {
  const info = language.find(key)
  if (info?.holds === 'time') return usualTimes.map(({ text, detail }) => ({ value: { text }, detail }))
  const values = (info?.values ?? []).map((value) => ({ value: toValueDraft(value) }))
  if (operator === 'in' || operator === 'has') return values
  const others = language.othersOf(key).map((written) => {
    const text = /^\$\{(.*)\}$/.exec(written)?.[1] ?? written
    return { value: { text, isKey: true }, detail: 'of the same row' }
  })
  return [...values, ...others]
}

/** Those that what was written may become, the ones that begin with it first. */
export function matchingOffers(offers: readonly ValueOffer[], written: string): readonly ValueOffer[] {
  const wanted = written.trim().toLowerCase()
  const rank = ({ value }: ValueOffer): number => value.text.toLowerCase().indexOf(wanted)
  const found = offers.filter((offer) => rank(offer) >= 0)
  return found.toSorted((a, b) => Math.min(1, rank(a)) - Math.min(1, rank(b)))
}
