import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { findUpwards } from './data-directory.ts'

/** What git says about the working directory. */
export interface GitFacts {
  readonly commit?: string
  readonly remoteUrl?: string
  readonly branch?: string
  /** Whether tracked files differ from the commit. */
  readonly isDirty?: boolean
}

// A repository on a slow disk must not hold up anything for longer.
const gitTimeoutMs = 2000

/** Folder of the repository that the working directory belongs to. */
export function findGitRoot(): string | undefined {
  return findUpwards(process.cwd(), (folder) => existsSync(join(folder, '.git')))
}

/** Asks git about a repository. What git cannot answer, or not in two seconds, is absent. Never rejects. */
export async function readGitFacts(root: string, remote: string): Promise<GitFacts> {
  const [commit, remoteUrl, branch, status] = await Promise.all([
    runGit(root, ['rev-parse', 'HEAD']),
    runGit(root, ['remote', 'get-url', remote]),
    runGit(root, ['symbolic-ref', '--short', 'HEAD']),
    runGit(root, ['status', '--porcelain', '--untracked-files=no']),
  ])
  return {
    ...(commit ? { commit } : {}),
    ...(remoteUrl ? { remoteUrl } : {}),
    ...(branch ? { branch } : {}),
    ...(status === undefined ? {} : { isDirty: status !== '' }),
  }
}

function runGit(root: string, args: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    // Without the option `git status` takes a lock, in the way of whatever the user does in that repository.
    const command = ['--no-optional-locks', '-C', root, ...args]
    execFile('git', command, { timeout: gitTimeoutMs, windowsHide: true, maxBuffer: 2 ** 24 }, (error, stdout) => {
      resolve(error === null ? stdout.trim() : undefined)
    })
  })
}
