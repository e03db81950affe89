import { parseEntityName } from '@lossline/protocol'
import { ServerError } from '../../errors.ts'
import { refusing } from '../names.ts'

/** Name of a user or team. @throws {@link ServerError} `invalid-request`. */
export function checkAccountName(name: string): string {
  refusing(() => parseEntityName(name))
  if (/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(name)) return name
  throw new ServerError({
    code: 'invalid-request',
    message: `No user or team can be named ${JSON.stringify(name)}.`,
    hint: 'A name has letters, digits, ".", "_" and "-", and begins with a letter or digit.',
  })
}
