import type { PlaceQuery, Store } from '@lossline/store'
import { ServerError } from '../errors.ts'
import type { Access } from './access.ts'

/**
 * Refuses askers who may not change something that exists.
 *
 * @throws {@link ServerError} `not-found`, also for what the asker may not see; `forbidden`.
 */
export type RequireWrite = (of: PlaceQuery) => Promise<void>

/** Of somebody who may do everything. */
export const allowEverything: RequireWrite = async () => {}

export function createRequireWrite(store: Store, access: Access): RequireWrite {
  return async (of) => {
    const place = await store.place(of)
    const level = place === undefined ? 'none' : await access.ofPlace(place)
    if (place === undefined || level === 'none')
      throw new ServerError({ code: 'not-found', message: 'There is no such thing.' })
    if (level === 'read') throw forbidden(`${place.entity}/${place.project}`)
  }
}

/** @throws {@link ServerError} `not-found` when there is no such user or team; `forbidden`. */
export async function requireEntity(access: Access, entity: string): Promise<void> {
  const level = await access.ofEntity(entity)
  if (level === undefined) {
    throw new ServerError({
      code: 'not-found',
      message: `There is no user or team "${entity}".`,
      hint: 'Leave the entity out to log to your own.',
    })
  }
  if (level !== 'write') throw forbidden(entity)
}

/**
 * Refuses whoever does not decide what others may do in an entity.
 *
 * @param what - What only admins may do, in words: `say which aliases are protected`.
 * @throws {@link ServerError} `forbidden`.
 */
export async function requireAdmin(access: Access, entity: string, what: string): Promise<void> {
  if (await access.isAdminOf(entity)) return
  throw new ServerError({
    code: 'forbidden',
    message: `Only admins of ${entity} may ${what}.`,
    hint: 'Ask one of them.',
  })
}

function forbidden(what: string): ServerError {
  return new ServerError({
    code: 'forbidden',
    message: `You may not change ${what}.`,
    hint: 'Ask its owner, or an admin of the team, for a place in it.',
  })
}
