import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { blobPathOf } from '../content-paths.ts'
import { findNameClashes } from '../walk-directory.ts'
import { type CheckedFile, findRightFiles } from './check-files.ts'
import { copyContent } from './copy-content.ts'
import { DownloadError } from './download-error.ts'
import { type DownloadFileOptions, downloadFile, type ExpectedContent } from './download-file.ts'
import { createDownloadRoot, toLocalName } from './local-name.ts'

/** A folder that a version is downloaded into. */
export interface DownloadPlace {
  /** Absolute path of the folder. */
  readonly root: string
  /** Name of a file of the artifact in the folder. @throws {@link DownloadError} */
  nameOf(path: string): string
  /** Absolute path for a file of the artifact; its folder is made. @throws {@link DownloadError} */
  pathOf(path: string): string
  /** @throws {@link DownloadError} for names that are one file in this folder. */
  refuseClashes(paths: readonly string[]): void
  /** Which files are there with the right content. @param indexDirectory - Data folder that remembers what was found. */
  findRight(files: readonly CheckedFile[], indexDirectory: string | undefined): Promise<Set<string>>
  /** Copies a content of a data folder, if that has it; returns whether it did. */
  copyKept(options: {
    readonly dataDirectory: string
    readonly sha256Hex: string
    readonly target: string
    /** With a digest. */
    readonly expected: ExpectedContent
    readonly signal?: AbortSignal | undefined
  }): Promise<boolean>
  /**
   * Copies a file of this machine.
   *
   * @throws {@link DownloadError} `download-missing` when it is not there, `download-damaged` when it has other content,
   *   `download-failed` when it cannot be read; the signal's reason.
   */
  copyFile(options: {
    readonly path: string
    readonly name: string
    readonly target: string
    /** Undefined: whatever it holds. */
    readonly md5Base64: string | undefined
    readonly signal?: AbortSignal | undefined
  }): Promise<void>
  /** @throws {@link DownloadError} */
  download(options: DownloadFileOptions): Promise<void>
  /** Names of all files in the folder. */
  list(): Promise<string[]>
}

/** A folder to download into. Nothing is made before a file is placed. */
export function openDownloadPlace(folder: string): DownloadPlace {
  const root = resolve(folder)
  const place = createDownloadRoot(root)
  return {
    root,
    nameOf: toLocalName,
    pathOf: place.place,
    refuseClashes(paths) {
      const [clash] = findNameClashes(paths)
      if (clash === undefined || !ignoresCase(root)) return
      throw new DownloadError({
        code: 'download-unsafe',
        message: `"${clash.path}" and "${clash.target}" are one file on this disk.`,
        hint: 'Download them one by one into different folders, with the option files.',
      })
    },
    findRight: (files, indexDirectory) => findRightFiles(root, files, indexDirectory),
    copyKept: ({ dataDirectory, sha256Hex, target, expected, signal }) =>
      copyContent(blobPathOf(dataDirectory, sha256Hex), target, expected, { signal }),
    async copyFile({ path, name, target, md5Base64, signal }) {
      if (await copyContent(path, target, { md5Base64, sizeBytes: undefined }, { signal })) return
      throw notCopied(path, name, md5Base64 !== undefined)
    },
    download: downloadFile,
    async list() {
      if (!existsSync(root)) return []
      return readdirSync(root, { recursive: true, withFileTypes: true })
        .filter((entry) => !entry.isDirectory())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    },
  }
}

function notCopied(path: string, name: string, isChecked: boolean): DownloadError {
  const refers = `"${name}" refers to "${path}"`
  if (!existsSync(path)) {
    const hint = 'Pass allowMissingReferences: true to download the rest.'
    return new DownloadError({ code: 'download-missing', message: `${refers}, which is not there.`, hint })
  }
  return isChecked
    ? new DownloadError({
        code: 'download-damaged',
        message: `${refers}, whose content has changed.`,
        hint: 'Log the artifact again with the content that is there now.',
      })
    : new DownloadError({
        code: 'download-failed',
        message: `${refers}, which cannot be read.`,
        hint: 'Check that it is a file, and its permissions.',
      })
}

/** Whether a folder takes `a` and `A` for the same name. */
function ignoresCase(folder: string): boolean {
  mkdirSync(folder, { recursive: true })
  const probe = join(folder, `.lossline-probe-${process.pid}`)
  writeFileSync(probe, '')
  try {
    return existsSync(join(folder, `.LOSSLINE-PROBE-${process.pid}`))
  } finally {
    rmSync(probe, { force: true })
  }
}
