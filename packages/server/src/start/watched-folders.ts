import { statSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Store } from '@lossline/store'
import { ServerError } from '../errors.ts'

/**
 * The folders of W&B's client that are to be watched, as absolute paths. One that is missing may come.
 *
 * @throws {@link ServerError} `watched-folder` for one that is a file.
 */
export function watchedFoldersOrThrow(folders: readonly string[]): string[] {
  return folders.map((folder) => {
    const path = resolve(folder)
    const found = statSync(path, { throwIfNoEntry: false })
    if (found === undefined || found.isDirectory()) return path
    throw new ServerError({
      code: 'watched-folder',
      message: `"${folder}" is a file and cannot be watched.`,
      hint: 'Name a wandb folder, the folder that holds one, or a run folder in it.',
    })
  })
}

/**
 * Where keys are asked for, entities belong to people: a folder that anybody may have written must not choose one.
 *
 * @throws {@link ServerError} `watched-entity` if none is named, or there is no such user or team.
 */
export async function checkWatchedEntity(
  { accounts }: Store,
  { mode, entity }: { readonly mode: 'open' | 'keys'; readonly entity: string | undefined },
): Promise<void> {
  if (mode === 'open') return
  if (entity === undefined) {
    throw new ServerError({
      code: 'watched-entity',
      message: 'Keys are asked for here, and nobody is named to whom the runs of watched folders belong.',
      hint: 'Name a user or team with --watch-entity NAME.',
    })
  }
  if ((await accounts.account(entity)) !== undefined) return
  throw new ServerError({
    code: 'watched-entity',
    message: `There is no user or team "${entity}" to whom the runs of watched folders could belong.`,
    hint: 'Add it with: lossline user add NAME, or lossline team add NAME.',
  })
}
