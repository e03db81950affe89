import { type Dirent, lstatSync, readdirSync, realpathSync, type Stats, statSync } from 'node:fs'
import { relative, resolve, sep } from 'node:path'
import { createGlobMatcher } from '../glob.ts'
import { ArtifactFileError, toArtifactFileError } from './artifact-error.ts'
import { type FileIdentity, identityOf } from './file-identity.ts'
import { createTurns } from './turns.ts'

/** Which files of a folder are meant. */
export interface WalkDirectoryOptions {
  readonly path: string
  /** Globs of what is left out, relative to the folder. Default: nothing is. */
  readonly exclude?: readonly string[]
  /** Globs of what is taken. Default: everything. */
  readonly include?: readonly string[]
  /** Whether symbolic links are followed. Default true. */
  readonly followSymlinks?: boolean
}

/** A file of a folder. */
export interface WalkedFile {
  /** Path of the file on disk. */
  readonly path: string
  /** Path in the folder, its parts divided by `/`. */
  readonly name: string
  readonly identity: FileIdentity
}

/** Something in a folder that is not as a reader of the artifact might think. */
export interface DirectoryNotice {
  /**
   * - `empty-directory`: left out, for an artifact has no empty folders.
   * - `special-file`: a socket, pipe or device; left out.
   * - `broken-link`, `link-loop`, `link-skipped`: a symbolic link that leads nowhere, back to a folder above it, or that is
   *   not to be followed; left out.
   * - `link-outside`: a symbolic link that leads out of the folder; followed.
   * - `name-clash`: two names that are one on file systems that ignore case or the form of accents; both are there.
   */
  readonly kind:
    | 'broken-link'
    | 'empty-directory'
    | 'link-loop'
    | 'link-outside'
    | 'link-skipped'
    | 'name-clash'
    | 'special-file'
  /** Path in the folder; of a clash, in the artifact. */
  readonly path: string
  /** What a link points to, or the other name of a clash. */
  readonly target?: string
}

/** The files of a folder. */
export interface WalkedDirectory {
  readonly files: readonly WalkedFile[]
  readonly notices: readonly DirectoryNotice[]
}

interface Place {
  readonly path: string
  readonly name: string
  /** Device and inode of this folder and of those above it, as one reaches it. */
  readonly above: ReadonlySet<string>
}

/**
 * Lists the files of a folder and of those in it, with one `lstat` for each. Gives way to other work every few
 * milliseconds.
 *
 * @throws {@link ArtifactFileError} for what cannot be read.
 */
export async function walkDirectory(options: WalkDirectoryOptions): Promise<WalkedDirectory> {
  const { exclude = [], include, followSymlinks = true } = options
  const isExcluded = createGlobMatcher(exclude)
  const isIncluded = include === undefined ? () => true : createGlobMatcher(include)
  const root = resolve(options.path)
  const files: WalkedFile[] = []
  const notices: DirectoryNotice[] = []
  const turns = createTurns()
  let realRoot: string | undefined

  function addFile(path: string, name: string, stats: Stats): void {
    if (!stats.isFile()) notices.push({ kind: 'special-file', path: name })
    else if (isIncluded(name)) files.push({ path, name, identity: identityOf(stats) })
  }

  /** A link is what it points to; undefined when it leads nowhere, or in circles. */
  function followLink(path: string, name: string, above: ReadonlySet<string>): Stats | undefined {
    if (!followSymlinks) {
      notices.push({ kind: 'link-skipped', path: name })
      return undefined
    }
    const stats = maybeStat(path)
    if (stats === undefined) {
      notices.push({ kind: 'broken-link', path: name })
      return undefined
    }
    if (above.has(keyOf(stats))) {
      notices.push({ kind: 'link-loop', path: name })
      return undefined
    }
    realRoot ??= realpathSync(root)
    const target = realpathSync(path)
    const inside = relative(realRoot, target)
    if (inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside) {
      notices.push({ kind: 'link-outside', path: name, target })
    }
    return stats
  }

  function visitEntry(entry: Dirent, place: Place, places: Place[]): boolean {
    const path = place.path.endsWith(sep) ? place.path + entry.name : place.path + sep + entry.name
    const name = place.name === '' ? entry.name : `${place.name}/${entry.name}`
    if (isExcluded(name) || (entry.isDirectory() && isExcluded(`${name}/`))) return false
    const stats = entry.isSymbolicLink()
      ? followLink(path, name, place.above)
      : entry.isDirectory() || entry.isFile()
        ? lstatOrThrow(path)
        : undefined
    if (stats?.isDirectory()) {
      places.push({ path, name, above: new Set([...place.above, keyOf(stats)]) })
      return true
    }
    if (stats !== undefined) addFile(path, name, stats)
    else if (!entry.isSymbolicLink()) notices.push({ kind: 'special-file', path: name })
    return true
  }

  const rootStats = statOrThrow(root)
  if (!rootStats.isDirectory()) {
    throw new ArtifactFileError({
      code: 'artifact-file-unsupported',
      path: options.path,
      message: `"${options.path}" is no folder.`,
      hint: 'Add a single file with addFile.',
    })
  }
  const places: Place[] = [{ path: root, name: '', above: new Set([keyOf(rootStats)]) }]
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const entries = readDirectory(place.path)
    let isEmpty = true
    for (const entry of entries) {
      if (visitEntry(entry, place, places)) isEmpty = false
      if (turns.isOver()) await turns.next()
    }
    if (isEmpty && entries.length === 0 && place.name !== '') {
      notices.push({ kind: 'empty-directory', path: place.name })
    }
  }
  return { files, notices }
}

/** Names of files that are one on file systems that ignore case or the form of accents. */
export function findNameClashes(paths: Iterable<string>): DirectoryNotice[] {
  const first = new Map<string, string>()
  const clashes: DirectoryNotice[] = []
  for (const path of paths) {
    // Twice: some characters take another form only in lower case.
    const key = path.normalize('NFC').toLowerCase().normalize('NFC')
    const other = first.get(key)
    if (other === undefined) first.set(key, path)
    else clashes.push({ kind: 'name-clash', path, target: other })
  }
  return clashes
}

function keyOf({ dev, ino }: Stats): string {
  return `${dev} ${ino}`
}

function readDirectory(path: string): Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true })
  } catch (error) {
    throw toArtifactFileError(path, error)
  }
}

function maybeStat(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch (error) {
    // ELOOP: the link points at itself.
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'ELOOP'].includes(String(error.code))) {
      return undefined
    }
    throw toArtifactFileError(path, error)
  }
}

function statOrThrow(path: string): Stats {
  try {
    return statSync(path)
  } catch (error) {
    throw toArtifactFileError(path, error)
  }
}

function lstatOrThrow(path: string): Stats {
  try {
    return lstatSync(path)
  } catch (error) {
    // Names that are not UTF-8 are read with this character in the place of what cannot be read.
    if (!path.includes('\ufffd')) throw toArtifactFileError(path, error)
    throw new ArtifactFileError({
      code: 'artifact-file-unsupported',
      path,
      message: `The name of "${path}" is not UTF-8 and cannot stand in an artifact.`,
      hint: 'Rename the file, or leave it out with exclude.',
      cause: error,
    })
  }
}
