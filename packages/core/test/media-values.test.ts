import { writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { openTemporaryDirectory } from '@lossline/testing'
import { describe, expect, test, vi } from 'vitest'
import {
  Audio,
  CoreError,
  Graph,
  Histogram,
  Html,
  Image,
  type MediaValue,
  Molecule,
  Object3D,
  Plotly,
  VegaLite,
  Video,
} from '../src/index.ts'

function errorOf(make: () => unknown): { code: string; message: string; hint: string | undefined } {
  try {
    make()
  } catch (error) {
    if (error instanceof CoreError) return { code: error.code, message: error.message, hint: error.hint }
    throw error
  }
  throw new Error('nothing was thrown')
}

const size = { width: 2, height: 2 }
const tensor = { dataSync: () => new Float32Array(4), data: async () => new Float32Array(4), shape: [2, 2] }
// What a program in JavaScript may pass.
const untyped = (value: unknown) => value as never

describe('wrong media are refused where they are made, with code invalid-media and a hint', () => {
  test.each<[string, () => MediaValue, RegExp]>([
    ['pixels without a size', () => new Image(new Float32Array(4)), /An array of pixels needs width and height/],
    ['a negative width', () => new Image(new Uint8Array(4), { width: -2, height: 2 }), /not -2/],
    [
      'a size that is no number',
      () => new Image(new Uint8Array(4), untyped({ width: '2', height: 2 })),
      /positive integer/,
    ],
    ['too few pixels', () => new Image(new Uint8Array(3), { ...size, channels: 1 }), /has 4 values; the array has 3/],
    [
      'channels that do not come out even',
      () => new Image(new Uint8Array(7), size),
      /has 4 values a channel; the array has 7/,
    ],
    ['five channels', () => new Image(new Uint8Array(20), size), /has 4 values a channel/],
    ['NaN', () => new Image(Float32Array.of(0, 1, Number.NaN, 1), size), /number 2 is NaN/],
    ['infinity', () => new Image(Float64Array.of(0, 1, 1, Number.POSITIVE_INFINITY), size), /number 3 is Infinity/],
    ['ragged rows', () => new Image([[1, 2], [3]]), /of the same length/],
    ['a batch', () => new Image({ data: new Uint8Array(16), dims: [2, 2, 2, 2] }), /2 × 2 × 2 × 2/],
    ['a tensor that has to be read', () => new Image(untyped(tensor)), /not of an object/],
    ['nothing', () => new Image(untyped(undefined)), /not of undefined/],
    ['a file that is missing', () => new Image('no-such-file.png'), /"no-such-file.png" cannot be read: ENOENT/],
    [
      'bytes of another kind',
      () => new Image(new TextEncoder().encode('hello, world')),
      /These bytes are no image file/,
    ],
    [
      'a mask of another size',
      () => new Image(new Uint8Array(4), { ...size, masks: { m: { maskData: new Uint8Array(3) } } }),
      /mask "m" has 3 values/,
    ],
    [
      'a mask with classes beyond a byte',
      () =>
        new Image(new Uint8Array(4), {
          ...size,
          masks: {
            m: {
              maskData: [
                [0, 256],
                [0, 0],
              ],
            },
          },
        }),
      /holds 256/,
    ],
    [
      'a mask of nothing',
      () => new Image(new Uint8Array(4), { ...size, masks: { m: {} } }),
      /neither maskData nor path/,
    ],
    [
      'a box without a position',
      () =>
        new Image(new Uint8Array(4), { ...size, boxes: { b: { boxData: [untyped({ position: {}, classId: 1 })] } } }),
      /Box 0 of "b" has no position/,
    ],
    [
      'a box without a class',
      () =>
        new Image(new Uint8Array(4), {
          ...size,
          boxes: { b: { boxData: [untyped({ position: { minX: 0, minY: 0, maxX: 1, maxY: 1 } })] } },
        }),
      /classId is an integer/,
    ],
    ['samples without a rate', () => new Audio(new Float32Array(8)), /sample rate/],
    ['samples that are NaN', () => new Audio(Float32Array.of(Number.NaN), { sampleRate: 8000 }), /number 0 is NaN/],
    [
      'channels of different lengths',
      () => new Audio([new Float32Array(2), new Float32Array(3)], { sampleRate: 8000 }),
      /same length/,
    ],
    [
      'samples that are not shared out',
      () => new Audio(new Int16Array(5), { sampleRate: 8000, channels: 2 }),
      /among 2 channels/,
    ],
    ['frames without a shape', () => new Video(new Uint8ClampedArray(12)), /Frames need a shape/],
    ['frames of another shape', () => new Video(new Uint8Array(12), { shape: [2, 3, 2, 2] }), /2 × 3 × 2 × 2/],
    [
      'frames as MP4',
      () => new Video(new Uint8Array(12), { shape: [1, 3, 2, 2], format: 'mp4' }),
      /cannot be encoded as mp4/,
    ],
    ['frames with two channels', () => new Video(new Uint8Array(8), { shape: [1, 2, 2, 2] }), /not 2/],
    ['no frames a second', () => new Video(new Uint8Array(12), { shape: [1, 3, 2, 2], fps: 0 }), /fps/],
    ['bytes that are no video', () => new Video(new TextEncoder().encode('hello, world')), /not a video/],
    ['a histogram of nothing', () => new Histogram([]), /needs a finite number/],
    ['a histogram of NaN', () => new Histogram(Float32Array.of(Number.NaN)), /needs a finite number/],
    ['513 bins', () => new Histogram([1, 2], { binCount: 513 }), /1 to 512 bins, not 513/],
    ['edges that are too few', () => new Histogram({ counts: [1, 2], edges: [0, 1] }), /has 3 finite edges/],
    ['edges out of order', () => new Histogram({ counts: [1, 2], edges: [0, 2, 1] }), /ascending/],
    ['points of five numbers', () => new Object3D([[1, 2, 3, 4, 5]]), /3, 4 or 6 numbers/],
    ['points that are NaN', () => new Object3D(Float32Array.of(1, 2, Number.NaN)), /number 2 is NaN/],
    ['a scene of another type', () => new Object3D(untyped({ type: 'lidar/alpha' })), /lidar\/alpha/],
    [
      'a box with seven corners',
      () => new Object3D({ type: 'lidar/beta', boxes: [{ corners: Array(7).fill([0, 0, 0]) }] }),
      /8 corners/,
    ],
    ['a molecule of another kind', () => new Molecule(import.meta.filename), /not a molecule of a known kind/],
    ['a figure without traces', () => new Plotly(untyped({})), /list of traces/],
    ['a chart that is a list', () => new VegaLite([]), /is an object/],
    ['a document that is missing', () => new Html(pathToFileURL('no-such.html')), /cannot be read/],
    ['nodes with the same id', () => new Graph({ nodes: [{ id: 'a' }, { id: 'a' }], edges: [] }), /same id/],
    ['an edge to nowhere', () => new Graph({ nodes: [{ id: 'a' }], edges: [['a', 'b']] }), /"b", which is no node/],
  ])('%s', (_name, make, message) => {
    const error = errorOf(make)
    expect(error.code).toBe('invalid-media')
    expect(error.message).toMatch(message)
    expect(error.hint).toMatch(/\w/)
  })

  test('a tensor says how to read it', () => {
    expect(errorOf(() => new Image(untyped(tensor))).hint).toContain('imageFromTensor')
  })

  test('a value that holds itself', () => {
    const layout: Record<string, unknown> = {}
    layout.self = layout
    expect(errorOf(() => new Plotly({ data: [], layout })).message).toMatch(/holds itself/)
  })
})

describe('what an image can be made of', () => {
  const content = (image: Image) => image.toSnapshot().content

  test.each([
    ['a grey array', new Image(new Uint8Array(4), size), 1],
    ['RGB', new Image(new Float32Array(12), size), 3],
    ['RGBA of a canvas', new Image({ data: new Uint8ClampedArray(16), width: 2, height: 2 }), 4],
    ['an image of transformers.js', new Image({ data: new Uint8Array(12), width: 2, height: 2, channels: 3 }), 3],
    ['a tensor of ONNX Runtime', new Image({ data: new Float32Array(12), dims: [1, 2, 2, 3] }), 3],
    [
      'lists of rows',
      new Image([
        [0, 1],
        [0, 1],
      ]),
      1,
    ],
    [
      'lists of rows of pixels',
      new Image([
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
        [
          [1, 2, 3],
          [4, 5, 6],
        ],
      ]),
      3,
    ],
  ])('%s', (_name, image, channels) => {
    expect([image.width, image.height]).toEqual([2, 2])
    expect(content(image)).toMatchObject({ kind: 'pixels', channels, width: 2, height: 2 })
  })

  test('lists of whole numbers up to 255 are bytes; those of 0 and 1 are stretched', () => {
    expect(content(new Image([[0, 200]]))).toMatchObject({ data: Uint8Array.of(0, 200) })
    expect(content(new Image([[0, 1]]))).toMatchObject({ data: Float64Array.of(0, 1), isNormalized: true })
  })

  test('the bytes of an image file, and a file whose ending lies', async () => {
    await using folder = await openTemporaryDirectory()
    const gif = Uint8Array.from([...'GIF89a'].map((char) => char.charCodeAt(0)).concat([3, 0, 5, 0, 0, 0, 0]))
    expect(new Image(gif).toSnapshot()).toMatchObject({
      extension: '.gif',
      width: 3,
      height: 5,
      content: { kind: 'bytes' },
    })
    writeFileSync(folder.join('photo.PNG'), gif)
    const write = vi.spyOn(process.stderr, 'write').mockReturnValue(true)
    const image = new Image(folder.join('photo.PNG'))
    writeFileSync(folder.join('other.PNG'), gif)
    new Image(folder.join('other.PNG'))
    const said = write.mock.calls.join()
    write.mockRestore()
    expect(image.toSnapshot()).toMatchObject({
      extension: '.gif',
      content: { kind: 'file', path: folder.join('photo.PNG') },
    })
    expect(said).toContain('photo.PNG" ends in .PNG, but its content is gif')
    // Once for all files of the kind: a data set may have any number of them.
    expect(said).not.toContain('other.PNG')
    writeFileSync(folder.join('photo.GIF'), gif)
    expect(new Image(pathToFileURL(folder.join('photo.GIF'))).toSnapshot()).toMatchObject({ extension: '.GIF' })
  })
})

test('a histogram leaves out null, which JSON has for NaN', () => {
  const { content } = new Histogram(untyped([1, null, 3])).toSnapshot() as { content: { data: Float64Array } }
  expect([...content.data]).toEqual([1, Number.NaN, 3])
  expect(errorOf(() => new Histogram(untyped([null]))).message).toMatch(/needs a finite number/)
})

test('the other values as data', async () => {
  const stereo = new Audio([Float32Array.of(0.1, 0.2), Float32Array.of(0.3, 0.4)], { sampleRate: 2 }).toSnapshot()
  expect(stereo).toMatchObject({ durationSeconds: 1, sampleRate: 2, extension: '.wav', content: { channelCount: 2 } })
  expect(new Video(new Uint8Array(5 * 12), { shape: [5, 1, 3, 2, 2] }).toSnapshot()).toMatchObject({
    width: 8,
    height: 4,
  })
  expect(new Molecule('END', { fileType: 'pdb' }).toSnapshot()).toMatchObject({
    extension: '.pdb',
    content: { kind: 'bytes' },
  })
  expect(new Object3D('o box', { fileType: 'obj' }).toSnapshot()).toMatchObject({ extension: '.obj' })
  const figure = new Plotly({
    data: [{ y: Float32Array.of(0.5, Number.NaN) }],
    layout: { at: new Date(0) },
  }).toSnapshot()
  expect(figure.content).toEqual({
    kind: 'text',
    text: '{"data":[{"y":[0.5,NaN]}],"layout":{"at":"1970-01-01T00:00:00.000Z"}}',
  })
  const graph = new Graph({
    nodes: [{ id: 'a', className: 'Dense', outputShape: [null, 8] }, { id: 'b' }],
    edges: [['a', 'b']],
  }).toSnapshot()
  expect(graph.content).toEqual({
    kind: 'text',
    text: '{"format":"keras","nodes":[{"name":null,"id":"a","class_name":"Dense","output_shape":[null,8]},{"name":null,"id":"b"}],"edges":[["a","b"]]}',
  })
})

test.each([true, false])('a long document from a file is all there (inject: %s)', async (inject) => {
  await using folder = await openTemporaryDirectory()
  const path = folder.join('long.html')
  // Beyond what is read to look into a file, with a letter of two bytes across the border.
  const body = `<html><head></head><body>${'é'.repeat(2 ** 20)}<i>end</i></body></html>`
  writeFileSync(path, body)
  const { content } = new Html(pathToFileURL(path), { inject }).toSnapshot()
  if (!inject) expect(content).toEqual({ kind: 'file', path })
  else expect(content.kind === 'text' && content.text.replace(/<base.*?\/>/, '') === body).toBe(true)
})

test.each([
  { mark: 'bar', title: '</script><script>alert(1)</script>' },
  { mark: 'bar', title: '<!-- <script> -->', '</SCRIPT >': ']]>\u2028$&\\u003c' },
])('a description in Vega-Lite can be read back from its document: %j', (spec) => {
  const { content, kind, extension } = new VegaLite(spec).toSnapshot()
  expect({ kind, extension, content }).toMatchObject({ kind: 'html', extension: '.html', content: { kind: 'text' } })
  const text = content.kind === 'text' ? content.text : ''
  const start = '<script type="application/json" id="vega-lite-spec">'
  const from = text.indexOf(start) + start.length
  const json = text.slice(from, text.indexOf('</script>', from))
  expect(JSON.parse(json)).toEqual(spec)
  expect(json).not.toContain('<')
})

describe('an HTML document that is named by its path', () => {
  test('is read from the file', async () => {
    await using directory = await openTemporaryDirectory()
    const path = directory.join('my report.html')
    writeFileSync(path, '<h1>good</h1>')
    expect(JSON.stringify(new Html(path).toSnapshot())).toContain('<h1>good</h1>')
    expect(new Html(path, { inject: false }).toSnapshot().content).toEqual({ kind: 'file', path })
  })

  test('says so when there is no such file, and a document is never taken for one', () => {
    expect(errorOf(() => new Html('no-such-report.html'))).toMatchObject({
      code: 'invalid-media',
      message: expect.stringContaining('"no-such-report.html" cannot be read'),
    })
    for (const text of ['<p>see report.html', 'two\nlines.html', 'plain text', '']) {
      expect(new Html(text, { inject: false }).toSnapshot().content).toEqual({ kind: 'text', text })
    }
  })
})

test('box edges in pixels without a domain, and samples beyond [-1, 1], are said once', () => {
  const said: string[] = []
  const write = vi.spyOn(process.stderr, 'write').mockImplementation((line) => {
    said.push(String(line))
    return true
  })
  const boxed = (maxX: number, domain?: string) => {
    const position = { minX: 0, minY: 0, maxX, maxY: 1 }
    return new Image(new Uint8Array(4), {
      ...size,
      boxes: { b: { boxData: [{ position, classId: 1, domain: untyped(domain) }] } },
    })
  }
  try {
    boxed(1.2)
    boxed(640, 'pixel')
    new Audio(Float32Array.of(-1, 1), { sampleRate: 8000 })
    new Audio(Int16Array.of(-3000, 3000), { sampleRate: 8000 })
    expect(said).toEqual([])
    for (let call = 0; call < 2; call += 1) {
      boxed(640)
      new Audio([Float32Array.of(0.5), Float32Array.of(1.5)], { sampleRate: 8000 })
    }
  } finally {
    write.mockRestore()
  }
  expect(said).toHaveLength(2)
  expect(errorOf(() => boxed(1, 'percent')).message).toContain('there is no domain "percent"')
})
