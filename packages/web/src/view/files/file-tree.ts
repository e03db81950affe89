import { compareNatural } from '../text/natural-order.ts'

/** A line of a tree of files. */
export type FileRow<F> =
  | {
      readonly kind: 'folder'
      /** Without a slash at the end. */
      readonly path: string
      readonly label: string
      readonly depth: number
      readonly isOpen: boolean
      readonly fileCount: number
      readonly sizeBytes: number
    }
  | { readonly kind: 'file'; readonly file: F; readonly label: string; readonly depth: number }

interface Folder<F> {
  readonly folders: Map<string, Folder<F>>
  readonly files: F[]
}

/** Files are all in sight at first as long as there are no more than this. */
const openFilesMax = 100

/**
 * Rows of a tree: folders first, in natural order.
 *
 * @param toggled - Paths of folders that are not as they are at first: open where there are few files, else closed.
 * @param shown - A file whose folders are open at first.
 */
export function toFileRows<F extends { readonly name: string; readonly sizeBytes: number | undefined }>(
  files: readonly F[],
  toggled: ReadonlySet<string>,
  shown?: string,
): readonly FileRow<F>[] {
  const root: Folder<F> = { folders: new Map(), files: [] }
  for (const file of files) {
    let folder = root
    for (const part of file.name.split('/').slice(0, -1)) {
      const next = folder.folders.get(part) ?? { folders: new Map(), files: [] }
      folder.folders.set(part, next)
      folder = next
    }
    folder.files.push(file)
  }
  const isOpenAtFirst = files.length <= openFilesMax
  const rowsOf = (folder: Folder<F>, above: string, depth: number): FileRow<F>[] => [
    ...[...folder.folders]
      .sort(([a], [b]) => compareNatural(a, b))
      .flatMap(([label, inner]): FileRow<F>[] => {
        const path = above + label
        const isOpen = toggled.has(path) !== (isOpenAtFirst || shown?.startsWith(`${path}/`) === true)
        const row = { kind: 'folder', path, label, depth, isOpen, ...totalOf(inner) } as const
        return isOpen ? [row, ...rowsOf(inner, `${path}/`, depth + 1)] : [row]
      }),
    ...folder.files
      .map((file) => ({ kind: 'file', file, label: file.name.slice(above.length), depth }) as const)
      .sort((a, b) => compareNatural(a.label, b.label)),
  ]
  return rowsOf(root, '', 0)
}

function totalOf<F extends { readonly sizeBytes: number | undefined }>(
  folder: Folder<F>,
): { readonly fileCount: number; readonly sizeBytes: number } {
  let fileCount = folder.files.length
  let sizeBytes = folder.files.reduce((sum, file) => sum + (file.sizeBytes ?? 0), 0)
  for (const inner of folder.folders.values()) {
    const total = totalOf(inner)
    fileCount += total.fileCount
    sizeBytes += total.sizeBytes
  }
  return { fileCount, sizeBytes }
}
