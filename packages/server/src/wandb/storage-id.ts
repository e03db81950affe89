import { ServerError } from '../errors.ts'

/** A storage id from the wire, where ids are text. @throws {@link ServerError} `not-found`: no run has such an id. */
export function parseStorageId(id: string): number {
  const number = Number(id)
  if (/^\d+$/.test(id) && Number.isSafeInteger(number)) return number
  throw new ServerError({ code: 'not-found', message: `No run has the id "${id}".` })
}
