import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import { blobPathOf } from '../content-paths.ts'
import { hashFile } from '../keep-one-file.ts'
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
    readonly expected: ExpectedContent & { readonly md5Base64: string }
  }): Promise<boolean>
  /** Copies a file of this machine. @throws {@link DownloadError} when it is missing or has other content. */
  copyFile(options: {
    readonly path: string
    readonly name: string
    readonly target: string
    readonly md5Base64: string | undefined
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
    copyKept: ({ dataDirectory, sha256Hex, target, expected }) =>
      copyContent(blobPathOf(dataDirectory, sha256Hex), target, expected),
    async copyFile({ path, name, target, md5Base64 }) {
      const isThere = existsSync(path)
      const digest = md5Base64 ?? (isThere ? (await hashFile(path)).md5Base64 : '')
      if (isThere && (await copyContent(path, target, { md5Base64: digest, sizeBytes: undefined }))) return
      throw new DownloadError({
        code: isThere ? 'download-damaged' : 'download-missing',
        message: isThere
          ? `"${name}" refers to "${path}", whose content has changed.`
          : `"${name}" refers to "${path}", which is not there.`,
        hint: 'Pass allowMissingReferences: true to download the rest.',
      })
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
