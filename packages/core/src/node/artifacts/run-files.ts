import { constants, copyFileSync, globSync, lstatSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs'
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path'
import type { ArtifactFiles } from '../../artifacts/artifact-files.ts'
import { localFiles } from '../local-files.ts'

/** Files that a run keeps beside its rows. */
export const runFiles: Pick<ArtifactFiles, 'findRunFiles' | 'placeRunFile' | 'localFiles'> = {
  findRunFiles(pattern, { basePath, isGlob }) {
    const absolute = resolve(pattern)
    // Of an absolute path without a base one folder is kept, as in W&B's client.
    const base = resolve(basePath ?? (isAbsolute(pattern) ? dirname(dirname(absolute)) : '.'))
    return findPaths(pattern, isGlob)
      .filter(isFile)
      .map((path) => ({ path, name: relative(base, path).split(sep).join('/') }))
  },
  placeRunFile(path, target, policy) {
    if (resolve(path) === target) return policy
    mkdirSync(dirname(target), { recursive: true })
    if (policy !== 'now' && tryLink(path, target)) return policy
    // Not through a link that an earlier call may have left.
    if (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) rmSync(target)
    copyFileSync(path, target, constants.COPYFILE_FICLONE)
    return 'now'
  },
  localFiles,
}

/** Absolute paths. The working directory is no part of the pattern: its name may hold brackets. */
function findPaths(pattern: string, isGlob: boolean): string[] {
  if (!isGlob) return [resolve(pattern)]
  return globSync(pattern)
    .map((path) => resolve(path))
    .sort()
}

/** False also for what may not be looked at: a training must not end over it. */
function isFile(path: string): boolean {
  try {
    return statSync(path).isFile()
  } catch {
    return false
  }
}

function tryLink(path: string, target: string): boolean {
  try {
    rmSync(target, { force: true })
    symlinkSync(path, target)
    return true
  } catch {
    // Windows lets only some users make links.
    return false
  }
}
