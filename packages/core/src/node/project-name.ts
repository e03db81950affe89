import { basename, dirname, relative } from 'node:path'

// Outside a repository W&B's client uses this name too.
const fallback = 'uncategorized'
const projectNameLengthMax = 128

/**
 * Name of a project that nobody named: the repository's folder, a dash and the script's folder in it, as W&B does.
 *
 * @param gitRoot - Folder of the repository, if there is one.
 * @param program - Absolute path of the script, if there is one.
 */
export function defaultProjectName(gitRoot: string | undefined, program: string | undefined): string {
  if (gitRoot === undefined) return fallback
  const folder = program === undefined ? '' : relative(gitRoot, dirname(program))
  const name = folder === '' || folder.startsWith('..') ? basename(gitRoot) : `${basename(gitRoot)}-${folder}`
  // The characters that a project name may not have.
  return name.replace(/[/\\#?%:]/g, '_').slice(0, projectNameLengthMax) || fallback
}
