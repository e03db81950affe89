import type { ProjectRow, Store, Write } from '@lossline/store'
import { ServerError } from '../errors.ts'
import type { Access } from './access.ts'

/**
 * Refuses writes that would give, move or take away a protected alias, unless the asker is an admin of its entity. A write that
 * names an alias and leaves it where it is passes: clients send all aliases of a version with each edit.
 *
 * @param store - The whole one.
 */
export function createCheckAliases(store: Store, access: Access): (write: Write) => Promise<void> {
  const { artifacts } = store

  /** The project of a collection if there is something to protect there from the asker. */
  const guarded = async (collection: number): Promise<ProjectRow | undefined> => {
    const place = await store.place({ collection })
    if (place === undefined || (await access.isAdminOf(place.entity))) return undefined
    const project = await store.projectById(place.projectId)
    return project !== undefined && project.protectedAliases.length > 0 ? project : undefined
  }

  const checkGiven = async (collection: number, aliases: readonly string[], artifact?: number): Promise<void> => {
    // Every version that is logged names it, and nobody can protect it.
    if (aliases.every((alias) => alias === 'latest')) return
    const project = await guarded(collection)
    for (const alias of project?.protectedAliases ?? []) {
      if (!aliases.includes(alias)) continue
      const holder = artifact === undefined ? undefined : await artifacts.membership({ collection, alias })
      if (holder === undefined || holder.artifact.id !== artifact) throw refusal(project!, alias)
    }
  }

  /** @param where - A version, a collection, or a version in a collection. */
  const checkTaken = async (
    where: { readonly collection?: number; readonly artifact?: number },
    isTaken: (alias: string) => boolean = () => true,
  ): Promise<void> => {
    for (const { alias, collection } of await artifacts.aliases(where)) {
      if (alias === 'latest' || !isTaken(alias)) continue
      const project = await guarded(collection)
      if (project?.protectedAliases.includes(alias)) throw refusal(project, alias)
    }
  }

  return async (write) => {
    switch (write.kind) {
      case 'put-artifact-aliases':
      case 'link-artifact':
        return checkGiven(write.collection, write.aliases, write.artifact)
      case 'create-artifact':
        return checkGiven(write.sequence, write.requestedAliases)
      case 'change-artifact':
      case 'commit-artifact': {
        // A pending version gets at its commit what was asked for before, perhaps before it was protected.
        const pending = await artifacts.artifact(write.artifact)
        if (pending?.state !== 'pending') return
        const requested = write.kind === 'commit-artifact' ? pending.requestedAliases : write.requestedAliases
        return checkGiven(pending.sequence, requested ?? [])
      }
      case 'delete-artifact-aliases':
        return checkTaken(write, (alias) => write.aliases.includes(alias))
      case 'unlink-artifact':
        return checkTaken({ collection: write.collection, artifact: write.artifact })
      case 'delete-artifact':
        return checkTaken({ artifact: write.artifact })
      case 'delete-artifact-collection':
        return checkTaken({ collection: write.collection })
      default:
    }
  }
}

function refusal({ entity, name }: ProjectRow, alias: string): ServerError {
  return new ServerError({
    code: 'forbidden',
    message: `"${alias}" is a protected alias of ${entity}/${name}: only admins of ${entity} may give, move or remove it.`,
    hint: 'Ask an admin, or leave this alias out.',
  })
}
