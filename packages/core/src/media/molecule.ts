import type { FileMediaSnapshot } from '@lossline/journal'
import { InvalidMediaError } from '../errors.ts'
import { checkOptions, type OptionNames } from '../options/check-options.ts'
import { describeValue } from '../values/describe-value.ts'
import { openMediaSource } from './media-source.ts'
import { MediaValue } from './media-value.ts'

/** Kinds of files that hold molecules. */
export type MoleculeFileType = 'pdb' | 'pqr' | 'mmcif' | 'mcif' | 'cif' | 'sdf' | 'sd' | 'gro' | 'mol2' | 'mmtf'

/** What is said about a molecule. */
export interface MoleculeOptions {
  readonly caption?: string
  /** Kind of the file that a text or bytes are of. Needed for these. */
  readonly fileType?: MoleculeFileType
}

const moleculeOptionNames: OptionNames<MoleculeOptions> = { caption: true, fileType: true }

const fileTypes: readonly MoleculeFileType[] = [
  'pdb',
  'pqr',
  'mmcif',
  'mcif',
  'cif',
  'sdf',
  'sd',
  'gro',
  'mol2',
  'mmtf',
]

/**
 * A molecule in one of the usual file formats.
 *
 * @example run.log({ water: new Molecule('water.pdb', { caption: 'water' }) })
 */
export class Molecule extends MediaValue {
  readonly #snapshot: FileMediaSnapshot

  /**
   * @param data - Path of a file; or, with `fileType`, its text or bytes.
   * @throws {@link InvalidMediaError} when a file is missing or of another kind.
   */
  constructor(data: string | URL | Uint8Array, options: MoleculeOptions = {}) {
    super()
    checkOptions('new Molecule', options, moleculeOptionNames)
    const { caption, fileType } = options
    if (fileType !== undefined && !fileTypes.some((known) => known === fileType)) {
      throw new InvalidMediaError(
        `There is no kind of molecule ${describeValue(fileType)}.`,
        `Known kinds are ${fileTypes.join(', ')}.`,
      )
    }
    // No path has several lines.
    if (typeof data === 'string' && fileType === undefined && data.includes('\n')) {
      throw new InvalidMediaError(
        'The text of a molecule needs fileType, which says what kind of file it is of.',
        `Pass fileType: one of ${fileTypes.join(', ')}.`,
      )
    }
    const bytes = typeof data === 'string' && fileType !== undefined ? new TextEncoder().encode(data) : data
    const { content, extension } = openMediaSource(bytes, {
      what: 'a molecule of a known kind',
      endings: fileTypes,
      fileType,
    })
    this.#snapshot = { kind: 'molecule', content, extension, ...(caption === undefined ? {} : { caption }) }
  }

  toSnapshot(): FileMediaSnapshot {
    return this.#snapshot
  }
}
