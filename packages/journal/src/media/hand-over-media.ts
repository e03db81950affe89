import type { RowItem } from '../engine/messages.ts'
import { mapContents, mapItems } from './map-contents.ts'
import type { MediaArray, MediaMemory } from './media-memory.ts'
import type { MediaContent, MediaItem } from './media-snapshot.ts'
import { stageFile } from './stage-media.ts'

/** What {@link handOverMedia} needs. */
export interface HandOverOptions {
  readonly runDirectory: string
  /** Where arrays are copied to; `undefined` = the message is handled before the call returns, and they stay where they are. */
  readonly memory: MediaMemory | undefined
  /** Told of a value that cannot be taken. */
  onFailure(item: MediaItem, error: unknown): void
}

/** Takes the media of a row over from the caller: files are staged, arrays are copied. What fails is left out. */
export function handOverMedia(items: readonly RowItem[], options: HandOverOptions): RowItem[] {
  const staged = items.flatMap((item): RowItem[] => ('media' in item ? stageItem(item, options) : [item]))
  const { memory } = options
  if (memory === undefined) return staged
  const arrays: MediaArray[] = []
  mapItems(staged, (content) => {
    const array = arrayOf(content)
    if (array !== undefined) arrays.push(array)
    return content
  })
  if (arrays.length === 0) return staged
  try {
    memory.reserve(arrays)
  } catch (error) {
    // There is no memory for it.
    return staged.filter((item) => {
      if ('media' in item) options.onFailure(item, error)
      return 'json' in item
    })
  }
  return mapItems(staged, (content) => copyContent(content, memory))
}

function stageItem(item: MediaItem, { runDirectory, onFailure }: HandOverOptions): MediaItem[] {
  try {
    const media = mapContents(item.media, (content) =>
      content.kind === 'file' ? { kind: 'file', path: stageFile(runDirectory, content.path), isStaged: true } : content,
    )
    return [{ ...item, media }]
  } catch (error) {
    onFailure(item, error)
    return []
  }
}

function arrayOf(content: MediaContent): MediaArray | undefined {
  switch (content.kind) {
    case 'bytes':
      return content.bytes
    case 'pixels':
      return content.data
    default:
      return undefined
  }
}

function copyContent(content: MediaContent, memory: MediaMemory): MediaContent {
  switch (content.kind) {
    case 'bytes':
      return { ...content, bytes: memory.copy(content.bytes) }
    case 'pixels':
      return { ...content, data: memory.copy(content.data) }
    default:
      return content
  }
}
