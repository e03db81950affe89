import { isSpaceFile } from './file-kind.ts'

/** How a file can be looked at in the page; `space`: an object that can be turned; `long-text`: in parts; `none`: only downloaded. */
export type FilePreview = 'image' | 'audio' | 'video' | 'space' | 'text' | 'long-text' | 'html' | 'none'

const byEnding: Readonly<Record<string, FilePreview>> = {
  ...of('image', 'png jpg jpeg gif bmp webp'),
  ...of('audio', 'wav mp3 flac ogg oga m4a'),
  ...of('video', 'mp4 webm ogv mov m4v'),
  ...of('html', 'html htm'),
  ...of(
    'text',
    'txt log md json jsonl ndjson csv tsv yaml yml toml ini js mjs cjs ts mts cts jsx tsx py sh css svg xml',
  ),
  ...of('text', 'patch diff lock env ipynb sql c cc cpp h rs go java rb r jl'),
}

/** A text is fetched whole; a larger one in parts. */
const previewBytesMax = 1_000_000

/** What a file's name and size promise. The server looks at the bytes, so a wrong promise shows nothing, and harms nothing. */
export function filePreview(name: string, sizeBytes: number | undefined): FilePreview {
  const file = name.slice(name.lastIndexOf('/') + 1)
  if (isSpaceFile(file)) return 'space'
  const ending = file.slice(file.lastIndexOf('.') + 1).toLowerCase()
  const kind = Object.hasOwn(byEnding, ending) ? (byEnding[ending] ?? 'none') : 'none'
  return kind === 'text' && (sizeBytes ?? 0) > previewBytesMax ? 'long-text' : kind
}

function of(preview: FilePreview, endings: string): Record<string, FilePreview> {
  return Object.fromEntries(endings.split(' ').map((ending) => [ending, preview]))
}
