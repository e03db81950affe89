import { type JsonObject, parseJson } from '@lossline/protocol'
import { expect } from 'vitest'
import { type JournalRun, leavesOf } from './journal-run.ts'

interface ReadFile {
  readonly name: string
  readonly md5: string
  /** MD5 of what was downloaded. */
  readonly content: string
}

/** An artifact that the client sent. */
interface SentArtifact {
  readonly name: string
  readonly type: string
  readonly digest: string
  readonly aliases: readonly string[]
  /** Digests by path. */
  readonly entries: Readonly<Record<string, string>>
  /** It was sent only to be used: no output of the run. */
  readonly isUsed: boolean
}

interface LoggedVersion extends Omit<SentArtifact, 'isUsed'> {
  readonly version: string
}

interface ReadVersion extends LoggedVersion {
  readonly state: string
  /** Digests of the files of a download. */
  readonly contents: Readonly<Record<string, string>>
}

/** What `read_back.py` prints of a run. */
export interface ReadRun {
  readonly id: string
  readonly state: string
  readonly config: JsonObject
  readonly summary: JsonObject
  readonly rows: readonly JsonObject[]
  readonly sampled: readonly JsonObject[]
  readonly files: readonly ReadFile[]
  readonly sent: readonly SentArtifact[]
  readonly logged: readonly ReadVersion[]
  readonly used: readonly ReadVersion[]
}

/** The runs that a program has read back. */
export function readRuns(output: string): ReadRun[] {
  return [...output.matchAll(/^RUN (.*)$/gm)].map(([, json]) => parseJson(json as string) as unknown as ReadRun)
}

/** Compares what the server gave back with what the client wrote down, value by value. */
export function expectSameRun(read: ReadRun, written: JournalRun): void {
  expect(read.state).toBe(written.exitCode === 0 ? 'finished' : 'failed')
  expect(read.config).toEqual(written.config)
  expect(read.summary).toEqual(written.summary)
  expect(read.rows.map((row) => leavesOf(row))).toEqual(written.rows)
  expect(read.sampled.map((row) => leavesOf(row))).toEqual(written.rows)

  expect(Object.fromEntries(read.files.map(({ name, md5 }) => [name, md5]))).toEqual(written.files)
  for (const { name, md5, content } of read.files) expect(content, name).toBe(md5)
  for (const path of mediaPathsOf(read.rows)) expect(Object.keys(written.files)).toContain(path)

  const sorted = (versions: readonly LoggedVersion[]): LoggedVersion[] =>
    versions
      .map(({ name, version, type, digest, aliases, entries }) => ({ name, version, type, digest, aliases, entries }))
      .sort((a, b) => `${a.name} ${a.version}`.localeCompare(`${b.name} ${b.version}`))
  expect(sorted(read.logged)).toEqual(sorted(toVersions(read.sent.filter(({ isUsed }) => !isUsed))))
  const used = read.sent.filter(({ isUsed }) => isUsed).map(({ digest }) => digest)
  expect(read.used.map(({ digest }) => digest)).toEqual(expect.arrayContaining(used))
  for (const { name, state, entries, contents } of [...read.logged, ...read.used]) {
    expect(state, name).toBe('COMMITTED')
    expect(contents, name).toEqual(entries)
  }
}

/** Names of the files that values of a history refer to. */
function mediaPathsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(mediaPathsOf)
  if (typeof value !== 'object' || value === null) return []
  const own = '_type' in value && 'path' in value && typeof value.path === 'string' ? [value.path] : []
  return [...own, ...Object.values(value).flatMap(mediaPathsOf)]
}

/** The same content under the same name is one version, however often it is sent; an alias is at one version only. */
function toVersions(artifacts: readonly SentArtifact[]): LoggedVersion[] {
  const versions: (LoggedVersion & { aliases: string[] })[] = []
  for (const artifact of artifacts) {
    const family = versions.filter(({ name }) => name === artifact.name)
    const known = family.find(({ digest }) => digest === artifact.digest)
    const version = known ?? { ...artifact, version: `v${family.length}`, aliases: [] }
    if (known === undefined) versions.push(version)
    const moved = known === undefined ? ['latest', ...artifact.aliases] : artifact.aliases
    for (const one of family) one.aliases = one.aliases.filter((alias) => !moved.includes(alias))
    version.aliases = [...new Set([...version.aliases, ...moved])].sort()
  }
  return versions
}
