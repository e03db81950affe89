import { makeArtifactNameSafe } from '@lossline/protocol'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { ArtifactDraft } from './artifact-draft.ts'
import type { ArtifactFiles, KeepTarget } from './artifact-files.ts'
import { checkTextOptions } from './check-arguments.ts'

/** Which files {@link Run.logCode} takes. */
export interface CodeOptions {
  /** Name of the artifact. Default: `source-<project>-<program>`. */
  readonly name?: string | undefined
  /** Globs of the files that are taken. Default: JavaScript, TypeScript and Python sources, and `package.json`. */
  readonly include?: readonly string[] | undefined
  /** Globs of what is left out. Default: `node_modules`, `.git`, `.lossline`, `wandb`, `dist`, `build`, virtual environments. */
  readonly exclude?: readonly string[] | undefined
}

const codeOptionNames: OptionNames<CodeOptions> = { name: true, include: true, exclude: true }

const includeDefault = ['*.{js,mjs,cjs,jsx,ts,mts,cts,tsx,py,ipynb}', 'package.json', 'tsconfig.json']
const excludeDefault = [
  'node_modules/',
  '.git/',
  '.lossline/',
  'wandb/',
  'dist/',
  'build/',
  '.venv/',
  'venv/',
  '__pycache__/',
]

/** A draft of a run's source code; undefined when there is none. @throws {@link ArtifactFileError} */
export async function createCodeDraft(
  root = '.',
  options: CodeOptions = {},
  { files, project, target }: { readonly files: ArtifactFiles; readonly project: string; readonly target: KeepTarget },
): Promise<ArtifactDraft | undefined> {
  checkOptions('logCode', options, codeOptionNames)
  const { name, include = includeDefault, exclude = excludeDefault } = options
  checkTextOptions('logCode', { root, name }, { include, exclude })
  const nameDefault = `source-${makeArtifactNameSafe(`${project}-${files.programName()}`)}`
  const draft = new ArtifactDraft(makeArtifactNameSafe(name ?? nameDefault), 'code', {}, files, {
    isReservedAllowed: true,
    target,
  })
  const { fileCount } = await draft.addDir(root, { include, exclude, followSymlinks: false })
  return fileCount === 0 ? undefined : draft
}
