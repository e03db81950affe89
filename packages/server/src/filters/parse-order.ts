import type { FilterFields } from './parse-filter.ts'
import { unsupported } from './refusals.ts'

/** An order by one field. */
export interface FieldOrder<Path> {
  readonly by: Path
  readonly isDescending: boolean
}

/**
 * Reads `[+|-]field`.
 *
 * @throws {@link ServerError} `unsupported-operation` for a field that is unknown, or that has several values.
 */
export function parseOrder<Path>(text: string, fields: FilterFields<Path>): FieldOrder<Path> {
  const name = text.replace(/^[+-]/, '')
  const field = fields(name)
  if (field === undefined) throw unsupported(`an order by "${name}"`)
  if (field.kind === 'flag' || field.isList) throw unsupported(`an order by "${name}", which has several values,`)
  return { by: field.path, isDescending: text.startsWith('-') }
}
