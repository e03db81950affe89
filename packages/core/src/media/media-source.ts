import type { MediaContent } from '@lossline/journal'
import { detectMediaType, fitsMediaType, type MediaType } from '@lossline/protocol'
import { InvalidMediaError } from '../errors.ts'
import { describeValue } from '../values/describe-value.ts'
import { readMediaFile, sayOnce } from './media-file-access.ts'
import { asPlainBytes } from './pixels.ts'

/** A file that exists already: on disk, or as bytes. */
export interface MediaSource {
  readonly content: MediaContent
  /** With its dot. */
  readonly extension: string
  /** The beginning of the file, for those who look into it. */
  readonly head: Uint8Array
}

/** What {@link openMediaSource} is told. */
export interface OpenMediaSourceOptions {
  /** What the file is to be, for messages: `a video`. */
  readonly what: string
  /** Endings without dots that are possible. Default: any. */
  readonly endings?: readonly string[]
  /** Ending that the caller names, without its dot. */
  readonly fileType?: string | undefined
}

/**
 * Finds out what kind of file a source is, by its content where that can be told, else by its name.
 *
 * @throws {@link InvalidMediaError} for a file that cannot be read, or that is no such medium.
 */
export function openMediaSource(source: string | URL | Uint8Array, options: OpenMediaSourceOptions): MediaSource {
  const { what, fileType } = options
  if (fileType !== undefined && typeof fileType !== 'string') {
    throw new InvalidMediaError(
      `fileType is a text, not ${describeValue(fileType)}.`,
      'Pass the ending without its dot.',
    )
  }
  if (typeof source !== 'string' && !(source instanceof URL) && !(source instanceof Uint8Array)) {
    throw new InvalidMediaError(
      `${describeValue(source)} is not ${what}: pass the path of a file, or its bytes.`,
      'Bytes are a Uint8Array.',
    )
  }
  if (source instanceof Uint8Array) {
    const content: MediaContent = { kind: 'bytes', data: asPlainBytes(source) }
    return { content, head: source, extension: toExtension(detectMediaType(source), undefined, options) }
  }
  const { path, head } = readMediaFile(source)
  const content: MediaContent = { kind: 'file', path }
  return { content, head, extension: toExtension(detectMediaType(head), path, options) }
}

function toExtension(type: MediaType | undefined, path: string | undefined, options: OpenMediaSourceOptions): string {
  const { what, endings, fileType } = options
  const named = fileType ?? maybeEnding(path, endings)
  const isFit = named !== undefined && (type === undefined || fitsMediaType(named, type))
  const ending = isFit ? named : type
  if (ending === undefined || (endings !== undefined && !endings.includes(ending.toLowerCase()))) {
    throw new InvalidMediaError(
      `${path === undefined ? 'These bytes are' : `"${path}" is`} not ${what}${type === undefined ? '' : ` but ${type}`}.`,
      endings === undefined ? 'Pass fileType to say what it is.' : `Known kinds are ${endings.join(', ')}.`,
    )
  }
  if (path !== undefined && named !== undefined && !isFit) {
    sayOnce(
      `"${path}" ends in .${named}, but its content is ${ending}; it is logged as that, and so are others of this kind.`,
      `.${named} that is ${ending}`,
    )
  }
  return `.${ending}`
}

/** The ending of a path: the longest of those known, else what follows the last dot. */
function maybeEnding(path: string | undefined, endings: readonly string[] | undefined): string | undefined {
  const name = path?.split(/[/\\]/).at(-1) ?? ''
  const known = endings?.find((ending) => ending.includes('.') && name.toLowerCase().endsWith(`.${ending}`))
  const dot = name.lastIndexOf('.')
  return known ?? (dot > 0 ? name.slice(dot + 1) : undefined)
}
