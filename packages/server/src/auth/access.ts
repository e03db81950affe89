import type { EntityRole } from '@lossline/protocol'
import type { AccountRow, ProjectPlace, Store } from '@lossline/store'
import { type Identity, localIdentity } from './identity.ts'

/** What somebody may do: nothing (not even know of it), read, or read and change. */
export type AccessLevel = 'none' | 'read' | 'write'

/** What one asker may do, in keys mode. */
export interface Access {
  /** In what belongs to an entity, its projects aside; undefined when there is no such entity. */
  ofEntity(entity: string): Promise<AccessLevel | undefined>
  /** In a project: what its entity says, and what the project lets everybody do. */
  ofPlace(place: ProjectPlace): Promise<AccessLevel>
  /** Whether they also decide what others may do there: the user whose own it is, admins of the team, admins of the server. */
  isAdminOf(entity: string): Promise<boolean>
}

/**
 * An entity is a user's own or a team's. Its owner and the members of the team read and change what is in it, readers of the
 * team only read, admins of the server do everything.
 */
export function createAccess(store: Store, identity: Identity): Access {
  const { accounts } = store

  const ofEntity = async (entity: string): Promise<AccessLevel | undefined> => {
    const level = await ofOwner(entity)
    return level === undefined ? undefined : limit(level)
  }

  /** Keys to read let nobody change anything. */
  const limit = (level: AccessLevel): AccessLevel => (level === 'write' && identity.scope === 'read' ? 'read' : level)

  const isOwn = (entity: string): boolean => entity === identity.defaultEntity && identity.account?.kind !== 'service'

  const roleIn = async (owner: AccountRow): Promise<EntityRole | undefined> => {
    const memberships = identity.account === undefined ? [] : await accounts.memberships(identity.account.id)
    return memberships.find(({ team }) => team.id === owner.id)?.role
  }

  const ofOwner = async (entity: string): Promise<AccessLevel | undefined> => {
    if (isOwn(entity)) return 'write'
    const owner = await accounts.account(entity)
    if (identity.isAdmin) return owner !== undefined || (await hasProjects(entity)) ? 'write' : undefined
    if (owner === undefined) return undefined
    const role = await roleIn(owner)
    if (role === undefined) return 'none'
    return role === 'reader' ? 'read' : 'write'
  }

  /** Runs of this machine's folders belong to no account. */
  const hasProjects = async (entity: string): Promise<boolean> =>
    entity === localIdentity.defaultEntity || (await store.projects(entity)).length > 0

  return {
    ofEntity,
    ofPlace: async ({ entity, access }) => {
      const level = (await ofEntity(entity)) ?? 'none'
      if (level === 'write' || access === 'private') return level
      return limit(access)
    },
    isAdminOf: async (entity) => {
      if (identity.scope === 'read') return false
      if (isOwn(entity) || identity.isAdmin) return true
      const owner = await accounts.account(entity)
      return owner !== undefined && (await roleIn(owner)) === 'admin'
    },
  }
}

/** What an asker may do in an entity or one of its projects; undefined when there is no such entity. */
export type LevelOf = (entity: string, project?: string) => Promise<AccessLevel | undefined>

/** @param store - Guarded or not: only places that it finds are asked about. */
export function createLevelOf(store: Store, access: Access): LevelOf {
  return async (entity, project) => {
    const place = project === undefined ? undefined : await store.place({ entity, project })
    return place === undefined ? access.ofEntity(entity) : access.ofPlace(place)
  }
}

/** For whoever may do everything in what there is. */
export function fullLevelOf(store: Store): LevelOf {
  return async (entity) => {
    if (entity === localIdentity.defaultEntity || (await store.accounts.account(entity)) !== undefined) return 'write'
    return (await store.projects(entity)).length > 0 ? 'write' : undefined
  }
}
