import { readTokensBeforeOpen } from '@lossline/protocol'

/** What is wrong with a query. */
export interface QueryProblem {
  readonly message: string
  /** Place of the first character that does not fit, from 0; undefined where it is about no single place. */
  readonly position: number | undefined
  /** Nothing was asked before, so that nothing is left out. Default: what was found before is shown. */
  readonly isUnfiltered?: boolean
}

/** What is shown in place of what a faulty query might find. */
export function shownInstead({ isUnfiltered }: QueryProblem): string {
  return isUnfiltered ? 'Showing all.' : 'Showing the previous result.'
}

/** A problem as the server tells it, with the place, counted from 1, at the end of a sentence. */
export function problemOf(message: string): QueryProblem {
  const place = /\(position (\d+)\)/.exec(message)?.[1]
  return { message, position: place === undefined ? undefined : Number(place) - 1 }
}

/**
 * The part of a query that a problem is about: the piece that begins at its place, or as much as is left of a piece without an end.
 * Empty at the end of the text, where something is missing.
 */
export function problemSpan(text: string, position: number): { readonly from: number; readonly to: number } {
  const from = Math.min(position, text.length)
  const token = readTokensBeforeOpen(text).tokens.find((one) => one.from <= from && from < one.to)
  return { from, to: token?.to ?? text.length }
}
