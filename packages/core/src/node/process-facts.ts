import { randomBytes } from 'node:crypto'
import { statfs } from 'node:fs/promises'
import { arch, availableParallelism, cpus, hostname, platform, release, totalmem, userInfo } from 'node:os'
import { relative } from 'node:path'
import type { EnvironmentRecord } from '@lossline/protocol'
import type { Settings } from '../settings/settings.ts'
import { readEnvironment, slurmOf } from './environment.ts'
import { findGitRoot } from './git.ts'

/** Absolute path of the script; `undefined` for `node --eval` and the prompt. */
export function programPath(): string | undefined {
  return process.argv[1]
}

/** What is known at once about this process and machine. */
export function describeProcess(settings: Settings): EnvironmentRecord {
  const program = settings.program ?? programPath()
  const slurm = slurmOf(readEnvironment())
  const cpuCount = cpus().length
  return {
    os: `${platform()}-${release()}-${arch()}`,
    python: `Node.js ${process.version}`,
    args: process.argv.slice(2),
    ...(program === undefined ? {} : toProgramPaths(program)),
    root: process.cwd(),
    host: settings.host ?? hostname(),
    ...toUsername(settings.username),
    executable: process.execPath,
    cpuCount,
    cpuCountLogical: availableParallelism(),
    cpu: { count: cpuCount, countLogical: availableParallelism() },
    memory: { total: totalmem() },
    ...(Object.keys(slurm).length === 0 ? {} : { slurm }),
    writerId: randomBytes(16).toString('hex'),
  }
}

/** Size and use of the disk that holds the working directory, in bytes. Never rejects. */
export async function readDiskUse(): Promise<EnvironmentRecord['disk'] | undefined> {
  try {
    const { blocks, bfree, bsize } = await statfs('/')
    return { '/': { total: blocks * bsize, used: (blocks - bfree) * bsize } }
  } catch {
    return undefined
  }
}

function toProgramPaths(program: string): Pick<EnvironmentRecord, 'program' | 'codePath' | 'codePathLocal'> {
  const codePathLocal = relative(process.cwd(), program)
  const gitRoot = findGitRoot()
  return { program, codePathLocal, codePath: gitRoot === undefined ? codePathLocal : relative(gitRoot, program) }
}

/** A user without an entry in the system's list, as in many containers, has no name. */
function toUsername(given: string | undefined): Pick<EnvironmentRecord, 'username'> {
  if (given !== undefined) return { username: given }
  try {
    return { username: userInfo().username }
  } catch {
    return {}
  }
}
