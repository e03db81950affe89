import { RunQuerySyntaxError } from './run-query.ts'

/** A piece of a query. `from` and `to` are its place in the text. */
export type QueryToken = {
  readonly from: number
  readonly to: number
} & (
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'quoted'; readonly text: string }
  | { readonly kind: 'pattern'; readonly text: string }
  | { readonly kind: 'sign'; readonly text: QuerySign }
  | { readonly kind: 'end' }
)

const signs = ['!=', '<=', '>=', '=', '<', '>', '~', '(', ')', '[', ']', ','] as const
/** A sign that is a piece of a query by itself. */
export type QuerySign = (typeof signs)[number]

/** What ends a word without quotes. */
const wordEnd = /[\s()[\],"'=<>~]|!=/y

/** Splits a query. The last token is its end. @throws {@link RunQuerySyntaxError} for a quote that nothing closes. */
export function readQueryTokens(text: string): readonly QueryToken[] {
  const { tokens, openAt } = readTokensBeforeOpen(text)
  if (openAt !== undefined) throw new RunQuerySyntaxError(`Expected a closing ${text[openAt]}`, text.length)
  return [...tokens, { kind: 'end', from: text.length, to: text.length }]
}

/** Splits a query that is being typed, up to a quote or pattern that nothing closes yet: `openAt` is where that begins. */
export function readTokensBeforeOpen(text: string): {
  readonly tokens: readonly QueryToken[]
  readonly openAt?: number
} {
  const tokens: QueryToken[] = []
  let at = 0
  while (at < text.length) {
    const token = readToken(text, at, tokens.at(-1))
    if (token === 'open') return { tokens, openAt: at }
    if (token !== undefined) tokens.push(token)
    at = token?.to ?? at + 1
  }
  return { tokens }
}

function readToken(text: string, from: number, before: QueryToken | undefined): QueryToken | 'open' | undefined {
  const first = text[from]!
  if (/\s/.test(first)) return undefined
  if (first === '"' || first === "'") return readDelimited('quoted', text, from)
  // A slash begins a pattern only where one can be: keys such as train/loss have them too.
  if (first === '/' && before?.kind === 'sign' && before.text === '~') return readDelimited('pattern', text, from)
  const sign = signs.find((one) => text.startsWith(one, from))
  if (sign !== undefined) return { kind: 'sign', text: sign, from, to: from + sign.length }
  let to = from + 1
  while (to < text.length && !isWordEnd(text, to)) to += 1
  return { kind: 'word', text: text.slice(from, to), from, to }
}

function isWordEnd(text: string, at: number): boolean {
  wordEnd.lastIndex = at
  return wordEnd.test(text)
}

/** A backslash keeps the delimiter from ending a text; before other characters it stands for itself in a pattern. */
function readDelimited(kind: 'quoted' | 'pattern', text: string, from: number): QueryToken | 'open' {
  const delimiter = text[from]!
  let content = ''
  for (let at = from + 1; at < text.length; at++) {
    if (text[at] === delimiter) return { kind, text: content, from, to: at + 1 }
    const isEscaped = text[at] === '\\' && at + 1 < text.length
    if (isEscaped && (kind === 'quoted' || text[at + 1] === delimiter)) at += 1
    else if (isEscaped) content += text[at++]
    content += text[at]
  }
  return 'open'
}
