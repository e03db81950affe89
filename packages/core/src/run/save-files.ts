import type { WandbRecordBody } from '@lossline/protocol'
import { parseEntryPath } from '@lossline/protocol'
import type { ArtifactFiles } from '../artifacts/artifact-files.ts'
import { invalid } from '../artifacts/artifact-options.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { InvalidOptionError } from '../options/invalid-option-error.ts'
import type { Mode } from '../settings/settings.ts'
import { describeValue } from '../values/describe-value.ts'

/** How {@link Run.save} keeps files. */
export interface SaveFilesOptions {
  /** Folder of which the files' names keep what is below. Default: the working directory; of absolute paths, the folder above the file's. */
  readonly basePath?: string | undefined
  /**
   * When they are uploaded: `'now'` (a copy of what they are now), `'end'` (what they are at the end of the run), `'live'`
   * (whenever they change). Default `'live'`.
   */
  readonly policy?: 'now' | 'end' | 'live' | undefined
  /** Whether `*`, `?` and the like are globs. Default true. */
  readonly glob?: boolean | undefined
}

const saveFilesOptionNames: OptionNames<SaveFilesOptions> = { basePath: true, policy: true, glob: true }

const policies = { now: true, end: true, live: true } satisfies Record<NonNullable<SaveFilesOptions['policy']>, true>

// Written by the run itself.
const ownNames = new Set(['config.yaml', 'output.log', 'requirements.txt', 'wandb-metadata.json', 'wandb-summary.json'])

/** Puts files into `files/` of a run's folder and records them. @throws {@link InvalidOptionError}; {@link ArtifactError} `artifact-invalid` */
export function saveFiles(
  globs: string | readonly string[],
  options: SaveFilesOptions = {},
  run: {
    readonly files: ArtifactFiles
    readonly directory: string
    readonly mode: Mode
    append(body: WandbRecordBody): void
    warn(line: string): void
  },
): string[] {
  checkOptions('save', options, saveFilesOptionNames)
  const { basePath, policy = 'live', glob = true } = options
  if (!Object.hasOwn(policies, policy)) {
    throw new InvalidOptionError(
      'save',
      `policy is ${Object.keys(policies).join(', ')}, not ${describeValue(policy)}.`,
      "Pass 'now' for a copy of what the files are now, 'end' for what they are at the end, or 'live' for every change.",
    )
  }
  const { files, directory, mode } = run
  const patterns = typeof globs === 'string' ? [globs] : globs
  const found = patterns.flatMap((pattern) => files.findRunFiles(pattern, { basePath, isGlob: glob }))
  for (const { name, path } of found) checkName(name, path)
  if (mode === 'disabled') return found.map(({ name }) => files.join(directory, `files/${name}`))
  const paths: string[] = []
  for (const { path, name } of new Map(found.map((file) => [file.name, file])).values()) {
    const target = files.join(directory, `files/${name}`)
    try {
      const kept = files.placeRunFile(path, target, policy)
      run.append({ kind: 'files', files: { files: [{ path: name, policy: kept, type: 'other' }] } })
      paths.push(target)
    } catch (error) {
      // A disk that is full or a file that cannot be read is no reason to end a training.
      run.warn(`"${path}" was not saved with the run: ${error instanceof Error ? error.message : String(error)}`)
    }
  }
  if (found.length === 0) run.warn(`Nothing to save: no file matches ${patterns.join(', ')}.`)
  return paths
}

function checkName(name: string, path: string): void {
  if (ownNames.has(name))
    throw invalid(`"${path}" cannot be saved as "${name}": the run writes a file of that name itself.`)
  try {
    parseEntryPath(name)
  } catch {
    throw invalid(`"${path}" is not below the folder whose names are kept.`, 'Pass another basePath.')
  }
}
