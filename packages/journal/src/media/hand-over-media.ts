import { type ChangeContent, mapContents, mapItems } from './map-contents.ts'
import type { MediaMemory } from './media-memory.ts'
import type { MediaArray, MediaContent, MediaItem } from './media-snapshot.ts'
import type { RowItem } from './row-item.ts'
import { removeStaged, stagedPathsOf, stageFile } from './stage-media.ts'

/** What {@link handOverMedia} needs. */
export interface HandOverOptions {
  readonly runDirectory: string
  /** Where arrays are copied to; `undefined` = the message is handled before the call returns, and they stay where they are. */
  readonly memory: MediaMemory | undefined
  /** Told of a value that cannot be taken. */
  onFailure(item: MediaItem, error: unknown): void
  /** Told of a cell of a table whose file cannot be taken; the cell is null, and the table is logged. */
  onCellFailure(item: MediaItem, column: string, error: unknown): void
}

/** Takes the media of a row over from the caller: files are staged, arrays are copied. What fails is left out. */
export function handOverMedia(items: readonly RowItem[], options: HandOverOptions): RowItem[] {
  const staged = items.flatMap((item): RowItem[] => ('media' in item ? stageItem(item, options) : [item]))
  const { memory } = options
  if (memory === undefined) return staged
  const arrays: MediaArray[] = []
  const ready = mapItems(staged, (content) => {
    const inBytes = withTextAsBytes(content)
    const array = arrayOf(inBytes)
    if (array !== undefined) arrays.push(array)
    return inBytes
  })
  if (arrays.length === 0) return ready
  try {
    memory.reserve(arrays)
  } catch (error) {
    // There is no memory for it.
    return ready.filter((item) => {
      if ('json' in item) return true
      removeStaged(stagedPathsOf(item.media))
      options.onFailure(item, error)
      return false
    })
  }
  const copy: ChangeContent = (content) =>
    'data' in content ? { ...content, data: memory.copy(content.data) } : content
  return mapItems(ready, copy)
}

function stageItem(item: MediaItem, { runDirectory, onFailure, onCellFailure }: HandOverOptions): MediaItem[] {
  const staged: string[] = []
  let hasLostCells = false
  const stage: ChangeContent = (content) => {
    if (content.kind !== 'file') return content
    const stagedPath = stageFile(runDirectory, content.path)
    staged.push(stagedPath)
    return { ...content, stagedPath }
  }
  try {
    const media = mapContents(item.media, stage, (column, error) => {
      hasLostCells = true
      onCellFailure(item, column, error)
    })
    // A cell of several files is lost with the first of them that fails.
    if (hasLostCells) {
      const kept = new Set(stagedPathsOf(media))
      removeStaged(staged.filter((path) => !kept.has(path)))
    }
    return [{ ...item, media }]
  } catch (error) {
    removeStaged(staged)
    onFailure(item, error)
    return []
  }
}

/** Texts travel as bytes, so that they count like everything else. */
function withTextAsBytes<Content extends MediaContent>(content: Content): Content {
  // Where a text may be, bytes may be too.
  return content.kind === 'text' ? ({ kind: 'bytes', data: Buffer.from(content.text) } as unknown as Content) : content
}

function arrayOf(content: MediaContent): MediaArray | undefined {
  return 'data' in content ? content.data : undefined
}
