/** What the first bytes of an image file say. */
export interface ImageHeader {
  readonly format: 'png' | 'jpeg' | 'gif' | 'bmp' | 'webp'
  readonly width: number
  readonly height: number
}

/**
 * Reads kind and size of an image from its file.
 *
 * @param bytes - The file or its beginning. For JPEG, whose size stands behind its metadata, more than a little.
 * @returns `undefined` when it is none of these kinds, or too little of it is there.
 */
export function readImageHeader(bytes: Uint8Array): ImageHeader | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (startsWith(bytes, '\x89PNG\r\n\x1a\n')) return readPng(view)
  if (startsWith(bytes, '\xff\xd8\xff')) return readJpeg(view)
  if (startsWith(bytes, 'GIF87a') || startsWith(bytes, 'GIF89a')) return readGif(view)
  if (startsWith(bytes, 'BM')) return readBmp(view)
  if (startsWith(bytes, 'RIFF') && startsWith(bytes.subarray(8), 'WEBP')) return readWebp(bytes, view)
  return undefined
}

function readPng(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 24) return undefined
  return sized('png', view.getUint32(16), view.getUint32(20))
}

function readGif(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 10) return undefined
  return sized('gif', view.getUint16(6, true), view.getUint16(8, true))
}

function readBmp(view: DataView): ImageHeader | undefined {
  if (view.byteLength < 26) return undefined
  const isOld = view.getUint32(14, true) === 12
  if (isOld) return sized('bmp', view.getUint16(18, true), view.getUint16(20, true))
  // A negative height means rows from the top.
  return sized('bmp', view.getInt32(18, true), Math.abs(view.getInt32(22, true)))
}

/** Walks over the segments to the one that begins a frame. */
function readJpeg(view: DataView): ImageHeader | undefined {
  let offset = 2
  while (offset + 9 <= view.byteLength) {
    if (view.getUint8(offset) !== 0xff) return undefined
    const marker = view.getUint8(offset + 1)
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return sized('jpeg', view.getUint16(offset + 7), view.getUint16(offset + 5))
    const isFill = marker === 0xff
    offset += isFill ? 1 : 2 + view.getUint16(offset + 2)
  }
  return undefined
}

function readWebp(bytes: Uint8Array, view: DataView): ImageHeader | undefined {
  if (view.byteLength < 30) return undefined
  const chunk = bytes.subarray(12)
  if (startsWith(chunk, 'VP8X')) return sized('webp', readUint24(view, 24) + 1, readUint24(view, 27) + 1)
  if (startsWith(chunk, 'VP8L')) {
    const bits = view.getUint32(21, true)
    return sized('webp', (bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1)
  }
  if (startsWith(chunk, 'VP8 ')) {
    return sized('webp', view.getUint16(26, true) & 0x3fff, view.getUint16(28, true) & 0x3fff)
  }
  return undefined
}

function sized(format: ImageHeader['format'], width: number, height: number): ImageHeader | undefined {
  return width > 0 && height > 0 ? { format, width, height } : undefined
}

function readUint24(view: DataView, offset: number): number {
  return view.getUint16(offset, true) + view.getUint8(offset + 2) * 65_536
}

/** Whether bytes begin with the characters of a text, each one byte. */
export function startsWith(bytes: Uint8Array, text: string): boolean {
  for (let index = 0; index < text.length; index += 1) {
    if (bytes[index] !== text.charCodeAt(index)) return false
  }
  return true
}
