import type { StrictJsonObject } from '@lossline/protocol'
import type { AddressCodec } from '../address/address-store.ts'

/** What the code of a run shows. */
export interface CodeState {
  /** `f`: the file that is open; undefined: the main program, else what is there. */
  readonly file: string | undefined
  /** `vs`: the run that it is compared with. */
  readonly otherId: string | undefined
  /** `split`: both texts side by side. */
  readonly isSplit: boolean
}

/** How it stands in the address. */
export const codeCodec: AddressCodec<CodeState> = {
  keys: ['f', 'vs', 'split'],
  parse: ({ f, vs, split }) => ({ file: f || undefined, otherId: vs || undefined, isSplit: split === '1' }),
  stringify: ({ file, otherId, isSplit }) => ({
    ...(file === undefined ? {} : { f: file }),
    ...(otherId === undefined ? {} : { vs: otherId }),
    ...(isSplit ? { split: '1' } : {}),
  }),
}

/** Where W&B's clients put the program. */
const codeFolder = 'code/'

/** Files of code among those of a run: the main program first, then the others, then patches. */
export function codeFiles<F extends { readonly name: string }>(
  files: readonly F[],
  metadata: StrictJsonObject,
): readonly F[] {
  const main = typeof metadata.codePath === 'string' ? codeFolder + metadata.codePath : undefined
  const rank = ({ name }: F): number => (name === main ? 0 : isPatch(name) ? 2 : 1)
  return files
    .filter(({ name }) => name.startsWith(codeFolder) || isPatch(name))
    .toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name))
}

/** What was not committed when the run began: `diff.patch`, and `diff_<commit>.patch` against what the remote has. */
export function isPatch(name: string): boolean {
  return /^diff(?:_[0-9a-f]+)?\.patch$/.test(name)
}

/** The file as its program calls it. */
export function codeTitle(name: string): string {
  return name.startsWith(codeFolder) ? name.slice(codeFolder.length) : name
}
