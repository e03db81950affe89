import { plainColor, type SpaceModel } from './space-model.ts'

const headerBytes = 84
const triangleBytes = 50

/**
 * A file of the STL format, as bytes or as text.
 *
 * @throws Error that says what is wrong with it.
 */
export function parseStl(bytes: Uint8Array): SpaceModel {
  const positions = isBinary(bytes) ? readBinary(bytes) : readText(new TextDecoder().decode(bytes))
  if (positions.length === 0) throw new Error('There is no triangle in this file.')
  return {
    meshes: [{ positions, color: plainColor, opacity: 1 }],
    points: [],
    lines: [],
    labels: [],
    up: 'z',
    notes: [],
  }
}

/** By its length: both kinds may begin with "solid". */
function isBinary(bytes: Uint8Array): boolean {
  if (bytes.length < headerBytes) return false
  const count = new DataView(bytes.buffer, bytes.byteOffset).getUint32(80, true)
  return bytes.length === headerBytes + count * triangleBytes
}

function readBinary(bytes: Uint8Array): Float32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const count = view.getUint32(80, true)
  const positions = new Float32Array(count * 9)
  for (let triangle = 0; triangle < count; triangle += 1) {
    // Three numbers of the normal come first; the corners tell it too.
    const start = headerBytes + triangle * triangleBytes + 12
    for (let at = 0; at < 9; at += 1) positions[triangle * 9 + at] = view.getFloat32(start + at * 4, true)
  }
  return positions
}

function readText(text: string): Float32Array {
  if (!/^\s*solid/i.test(text)) throw new Error('This is no STL file, or it was cut off.')
  const numbers = [...text.matchAll(/vertex\s+(\S+)\s+(\S+)\s+(\S+)/gi)].flatMap(([, x, y, z]) => [
    Number(x),
    Number(y),
    Number(z),
  ])
  if (numbers.some((number) => !Number.isFinite(number))) throw new Error('A corner in this file is no number.')
  return Float32Array.from(numbers.slice(0, numbers.length - (numbers.length % 9)))
}
