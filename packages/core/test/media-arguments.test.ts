import { expect, test } from 'vitest'
import { Histogram, Image, Molecule, Table, Video } from '../src/index.ts'

/** Message and hint of what a call throws. */
function said(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    // What media throw has both.
    const { message, hint } = error as { message: string; hint: string }
    return `${message} ${hint}`
  }
  return 'nothing'
}

const integerKinds = [Int8Array, Int16Array, Uint16Array, Int32Array, Uint32Array]
const wrong = (options: object): never => options as never

test.each(integerKinds)('pixels, masks and frames may be an array of whole numbers: %o', (Kind) => {
  const data = Kind.from([0, 1, 2, 127])
  const bytes = Uint8ClampedArray.of(0, 1, 2, 127)
  const pixels = { kind: 'pixels', data: bytes, width: 2, height: 2, channels: 1 }
  expect(new Image(data, { width: 2, height: 2 }).toSnapshot().content).toMatchObject(pixels)
  expect(new Image({ data, dims: [2, 2] }).toSnapshot().content).toMatchObject(pixels)
  const masked = new Image(bytes, { width: 2, height: 2, masks: { p: { maskData: data } } }).toSnapshot()
  expect(masked.masks?.[0]?.content).toMatchObject({ data: Uint8Array.of(0, 1, 2, 127) })
  expect(new Video(data, { shape: [1, 1, 2, 2] }).toSnapshot().content).toMatchObject({ kind: 'frames', data: bytes })
})

test('whole numbers beyond bytes are cut in pixels and refused in masks', () => {
  const data = Int32Array.of(-5, 300)
  const { content } = new Image(data, { width: 2, height: 1 }).toSnapshot()
  expect(content).toMatchObject({ data: Uint8ClampedArray.of(0, 255) })
  const image = () => new Image(Uint8Array.of(1, 2), { width: 2, height: 1, masks: { p: { maskData: data } } })
  expect(said(image)).toContain('"p" holds -5')
})

test('what is missing or wrong is named', () => {
  const bytes = new Uint8Array(12)
  expect(said(() => new Image(bytes))).toMatch(/needs width and height; width and height are missing/)
  expect(said(() => new Image(new Float32Array(4), { width: 2 }))).toMatch(/height is missing/)
  expect(said(() => new Image({ data: new Float32Array(384), dims: [1, 3, 8, 16] }))).toMatch(
    /channels of an image come last.*pixels\[/,
  )
  expect(said(() => new Video(wrong(new Float32Array(4)), { shape: [1, 1, 2, 2] }))).toMatch(
    /whole numbers from 0 to 255, not floats.*\* 255/,
  )
  expect(said(() => new Molecule('HETATM 1 O\nEND'))).toMatch(/needs fileType.*pdb/)
  expect(said(() => new Molecule('CCO', { fileType: wrong('smiles' as never) }))).toMatch(
    /"smiles".*Known kinds are pdb/,
  )
  expect(said(() => new Histogram(wrong(['a'])))).toContain('member 0 is "a"')
  expect(said(() => new Table(wrong([[1, 2]])))).toMatch(/names of their columns.*columns: \['x', 'y'\]/)
  expect(said(() => new Table({ rows: [[1, 2]] }))).toContain('names of their columns')
  expect(new Table({ rows: [[1, 2, 3]] }).columns).toEqual(['Input', 'Output', 'Expected'])
})

test('options that there are not lead to the nearest one', () => {
  const bytes = new Uint8Array(12)
  const size = { width: 2, height: 2 }
  expect(said(() => new Image(bytes, wrong({ width: 2, heigth: 2 })))).toContain('Did you mean height?')
  expect(said(() => new Image(bytes, wrong({ ...size, captions: 'x' })))).toContain('Did you mean caption?')
  expect(said(() => new Histogram([1], wrong({ bins: 1 })))).toContain('binCount')
  expect(said(() => new Image(bytes, { ...size, boxes: { p: wrong({ box_data: [] }) } }))).toContain(
    'Did you mean boxData?',
  )
})
