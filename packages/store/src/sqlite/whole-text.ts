import { type RawBuilder, sql } from 'kysely'

/**
 * In SQL: a text so that it reaches JavaScript whole, also when U+0000 is in it, at which Node ends texts (as of 22.23); other
 * values stay as they are. To be read by {@link fromWholeText}.
 */
export function wholeText(value: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`iif(instr(${value}, char(0)) > 0, CAST(${value} AS BLOB), ${value})`
}

export function fromWholeText(text: unknown): string {
  return text instanceof Uint8Array ? Buffer.from(text).toString('utf8') : String(text)
}
