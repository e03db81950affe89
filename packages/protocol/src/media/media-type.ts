import { readImageHeader, startsWith } from './image-header.ts'

/** Kinds of media files that are recognised by their content, by the ending that their files usually have. */
export type MediaType = 'png' | 'jpg' | 'gif' | 'bmp' | 'webp' | 'mp4' | 'webm' | 'ogg' | 'wav' | 'mp3' | 'flac'

/** Endings that mean the same kind. */
const sameKind: Readonly<Record<string, MediaType>> = {
  jpeg: 'jpg',
  jpe: 'jpg',
  ogv: 'ogg',
  oga: 'ogg',
  mov: 'mp4',
  m4v: 'mp4',
  m4a: 'mp4',
}

/** Says what kind of file bytes are the beginning of; `undefined` when none of {@link MediaType}. */
export function detectMediaType(bytes: Uint8Array): MediaType | undefined {
  const image = readImageHeader(bytes)
  if (image !== undefined) return image.format === 'jpeg' ? 'jpg' : image.format
  if (startsWith(bytes.subarray(4), 'ftyp')) return 'mp4'
  if (startsWith(bytes, '\x1a\x45\xdf\xa3')) return 'webm'
  if (startsWith(bytes, 'OggS')) return 'ogg'
  if (startsWith(bytes, 'RIFF') && startsWith(bytes.subarray(8), 'WAVE')) return 'wav'
  if (startsWith(bytes, 'fLaC')) return 'flac'
  const isFrame = bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe6) === 0xe2
  if (startsWith(bytes, 'ID3') || isFrame) return 'mp3'
  return undefined
}

/** Whether a file's ending, without its dot and in any case, fits a kind. */
export function fitsMediaType(ending: string, type: MediaType): boolean {
  const known = ending.toLowerCase()
  return (sameKind[known] ?? known) === type
}
