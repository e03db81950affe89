import { isReservedName, reservedNames } from '@lossline/protocol'
import type { Store } from '@lossline/store'
import { ServerError } from '../errors.ts'

const names = reservedNames.join(', ')

/**
 * To be asked before an account or a project is made: an entity begins with its account or its first project. One that is there
 * keeps its name, also where new ones cannot have it.
 *
 * @throws {@link ServerError} `invalid-request` for a new entity with a name that addresses of the server and its page begin with.
 */
export async function checkEntityMayBegin(
  { accounts, projects }: Pick<Store, 'accounts' | 'projects'>,
  entity: string,
): Promise<void> {
  if (!isReservedName(entity)) return
  if ((await projects(entity)).length > 0 || (await accounts.account(entity)) !== undefined) return
  throw new ServerError({
    code: 'invalid-request',
    // The names are in the message, as W&B's client shows no more than that.
    message: `No new entity can be named "${entity}": addresses of the server and its page begin with ${names}.`,
    hint: 'Choose another entity.',
  })
}
