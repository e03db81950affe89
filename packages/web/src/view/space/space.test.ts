import fc from 'fast-check'
import { expect, test } from 'vitest'
import { describeUndrawn, isSpaceFile } from '../files/file-kind.ts'
import { eyeOf, moveBy, orbitAround, turnBy, zoomBy } from './orbit.ts'
import { parseSpaceFile } from './parse-space-file.ts'
import { boundsOf, countParts } from './space-model.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const floats = (...values: number[]): Uint8Array => new Uint8Array(Float32Array.from(values).buffer)
const base64 = (data: Uint8Array): string => btoa(String.fromCharCode(...data))

test('files are told by their names', () => {
  for (const name of ['a.obj', 'B.GLB', 'x.gltf', 'part.stl', 'cloud.pts.json', '1abc.pdb'])
    expect(isSpaceFile(name)).toBe(true)
  for (const name of ['a.mmtf', 'points.json', 'a.babylon', 'obj']) expect(isSpaceFile(name)).toBe(false)
  expect(describeUndrawn('1abc.mmtf')).toBe('A molecule of a format without text')
  expect(describeUndrawn('any.bin')).toBeUndefined()
  expect(() => parseSpaceFile('a.babylon', bytes('{}'))).toThrow('not drawn here')
})

test('an OBJ file has faces of any size, corners counted from the end, and colours', () => {
  const model = parseSpaceFile(
    'a.obj',
    bytes('mtllib x\nv 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nf 1/1/1 2//2 3 -1\nl 1 2 3\n'),
  )
  expect([...model.meshes[0]!.indices!]).toEqual([0, 1, 2, 0, 2, 3])
  expect(countParts(model)).toEqual({ triangles: 2, points: 0, lines: 2, labels: 0 })
  expect(model.notes).toEqual(['Its materials are in another file and are not drawn.'])
  const cloud = parseSpaceFile('a.obj', bytes('v 1 2 3 1 0 0\n'))
  expect([...cloud.points[0]!.colors]).toEqual([1, 0, 0])
  expect(() => parseSpaceFile('a.obj', bytes('v 0 0 0\nf 1 2 3'))).toThrow('Line 2 names a corner')
  expect(() => parseSpaceFile('a.obj', bytes('v 0 zero 0'))).toThrow('Line 1')
  expect(() => parseSpaceFile('a.obj', bytes('hello'))).toThrow('no corner')
})

test('an STL file is read as text and as bytes, whatever its head says', () => {
  const text =
    'solid a\nfacet normal 0 0 1\nouter loop\nvertex 0 0 0\nvertex 1 0 0\nvertex 0 2 0\nendloop\nendfacet\nendsolid'
  const [mesh] = parseSpaceFile('a.stl', bytes(text)).meshes
  const binary = new Uint8Array(84 + 50)
  binary.set(bytes('solid of bytes'))
  binary[80] = 1
  binary.set(floats(0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 2, 0), 84)
  expect(parseSpaceFile('a.stl', binary).meshes[0]!.positions).toEqual(mesh!.positions)
  expect(() => parseSpaceFile('a.stl', binary.subarray(0, 100))).toThrow()
  expect(() => parseSpaceFile('a.stl', bytes('nothing'))).toThrow('no STL file')
})

const corners = (size: number): number[][] =>
  Array.from({ length: 8 }, (_, i) => [i & 1 ? size : 0, i & 2 ? size : 0, i & 4 ? size : 0])

test('points have categories or colours, boxes edges and names, vectors lines', () => {
  const rows = parseSpaceFile('a.pts.json', bytes('[[0,0,0,255,0,127],[1,1,1,0,0,0]]'))
  // Half the way between black and white is a fifth of the light.
  expect([...rows.points[0]!.colors.slice(0, 3)].map((value) => Math.round(value * 100) / 100)).toEqual([1, 0, 0.21])
  const scene = {
    type: 'lidar/beta',
    points: [[1, 2, 3, 2]],
    boxes: [{ corners: corners(2), label: 'car', score: 0.75, color: [0, 255, 0] }],
    vectors: [{ start: [0, 0, 0], end: [1, 0, 0] }],
  }
  const model = parseSpaceFile('a.pts.json', bytes(JSON.stringify(scene)))
  expect(countParts(model)).toEqual({ triangles: 0, points: 1, lines: 13, labels: 1 })
  expect(model.labels[0]!.text).toBe('car 0.75')
  expect(model.up).toBe('z')
  expect(() => parseSpaceFile('a.pts.json', bytes('[[1,2]]'))).toThrow('Point 0')
  expect(() => parseSpaceFile('a.pts.json', bytes('{"boxes":[{"corners":[]}]}'))).toThrow('8 corners')
  expect(() => parseSpaceFile('a.pts.json', bytes('3'))).toThrow('no points')
})

test('points, boxes and arrows that are nowhere are told of and not drawn, wherever they are missing', () => {
  const rows = '[[NaN,0,0],[null,1,1],["3",1,1],[-Infinity,0,0],[9007199254740993,2,3],[1,2,3,NaN,null,0]]'
  const cloud = parseSpaceFile('a.pts.json', bytes(rows))
  expect(cloud.notes).toEqual(['4 of the points are not finite and not drawn.'])
  const { positions, colors } = cloud.points[0]!
  for (const at of [0, 3, 6, 9]) expect(Number.isFinite(positions[at])).toBe(false)
  expect([...positions.slice(12)]).toEqual([9007199254740992, 2, 3, 1, 2, 3])
  expect([...colors.slice(15)].every(Number.isFinite)).toBe(true)
  const boxes = JSON.stringify([{ corners: corners(2) }, { corners: corners(2).fill([0, 0], 3, 4) }])
  const vectors = '[{"start":[0,0,0],"end":[NaN,0,0]},{"start":[0,0,0],"end":[1,0,0]}]'
  const scene = parseSpaceFile('a.pts.json', bytes(`{"boxes":${boxes},"vectors":${vectors}}`))
  expect(countParts(scene).lines).toBe(13)
  expect(scene.notes).toEqual(['1 of the boxes are not finite and not drawn.'])
})

test('a box has its twelve edges in whatever order its corners come', () => {
  const order = fc.shuffledSubarray([0, 1, 2, 3, 4, 5, 6, 7], { minLength: 8 })
  fc.assert(
    fc.property(order, (places) => {
      const shuffled = places.map((place) => corners(2)[place]!)
      const scene = JSON.stringify({ boxes: [{ corners: shuffled }] })
      const { positions } = parseSpaceFile('a.pts.json', bytes(scene)).lines[0]!
      expect(positions.length).toBe(12 * 6)
      for (let at = 0; at < positions.length; at += 6) {
        const differing = [0, 1, 2].filter((axis) => positions[at + axis] !== positions[at + 3 + axis])
        expect(differing.length).toBe(1)
      }
    }),
  )
})

const triangle = floats(0, 0, 0, 1, 0, 0, 0, 1, 0)
const gltf = (more: object = {}, uri = `data:application/octet-stream;base64,${base64(triangle)}`): Uint8Array =>
  bytes(
    JSON.stringify({
      asset: { version: '2.0' },
      scenes: [{ nodes: [0] }],
      nodes: [
        { children: [1], translation: [10, 0, 0] },
        { mesh: 0, scale: [2, 2, 2] },
      ],
      meshes: [{ primitives: [{ attributes: { POSITION: 0 }, material: 0 }] }],
      materials: [{ pbrMetallicRoughness: { baseColorFactor: [1, 0, 0, 1] } }],
      accessors: [{ bufferView: 0, componentType: 5126, count: 3, type: 'VEC3' }],
      bufferViews: [{ buffer: 0, byteLength: 36 }],
      buffers: [{ byteLength: 36, uri }],
      ...more,
    }),
  )

test('a glTF model stands where its nodes say, and the binary form holds the same', () => {
  const [mesh] = parseSpaceFile('a.gltf', gltf()).meshes
  expect([...mesh!.positions]).toEqual([10, 0, 0, 12, 0, 0, 10, 2, 0])
  expect(mesh!.color).toEqual([1, 0, 0])
  const json = bytes(new TextDecoder().decode(gltf({ buffers: [{ byteLength: 36 }] })).padEnd(1200, ' '))
  const glb = new Uint8Array(12 + 8 + json.length + 8 + triangle.length)
  const view = new DataView(glb.buffer)
  const words = [0x46_54_6c_67, 2, glb.length, json.length, 0x4e_4f_53_4a]
  for (const [at, word] of words.entries()) view.setUint32(at * 4, word, true)
  glb.set(json, 20)
  view.setUint32(20 + json.length, triangle.length, true)
  view.setUint32(24 + json.length, 0x00_4e_49_42, true)
  glb.set(triangle, 28 + json.length)
  expect(parseSpaceFile('a.glb', glb).meshes[0]!.positions).toEqual(mesh!.positions)
  expect(() => parseSpaceFile('a.glb', glb.subarray(0, glb.length - 8))).toThrow('cut off')
})

test('a glTF model that names other files, lies about its sizes or holds itself is refused', () => {
  expect(() => parseSpaceFile('a.gltf', gltf({}, 'https://example.org/mesh.bin'))).toThrow('which are not loaded')
  expect(() => parseSpaceFile('a.gltf', gltf({}, 'mesh.bin'))).toThrow('which are not loaded')
  expect(() => parseSpaceFile('a.gltf', gltf({ nodes: [{ children: [0] }] }))).toThrow('nested too deeply')
  const far = { accessors: [{ bufferView: 0, componentType: 5126, count: 99, type: 'VEC3' }] }
  expect(() => parseSpaceFile('a.gltf', gltf(far))).toThrow('cut off')
  expect(() => parseSpaceFile('a.gltf', bytes('{"asset":{"version":"1.0"}}'))).toThrow('no glTF 2 file')
  const packed = { meshes: [{ primitives: [{ attributes: {}, extensions: { KHR_draco_mesh_compression: {} } }] }] }
  expect(() => parseSpaceFile('a.gltf', gltf(packed))).toThrow('KHR_draco_mesh_compression is not drawn')
})

test('a small glTF file that stands for more than can be drawn is refused', () => {
  const doubled = Array.from({ length: 41 }, (_, i) => ({ children: [i + 1, i + 1] }))
  expect(() => parseSpaceFile('a.gltf', gltf({ nodes: doubled }))).toThrow('more than 200000 nodes')
  const piled = {
    accessors: [{ bufferView: 0, componentType: 5126, count: 200_000_000, type: 'VEC3' }],
    bufferViews: [{ buffer: 0, byteLength: 36, byteStride: 0 }],
  }
  expect(() => parseSpaceFile('a.gltf', gltf(piled))).toThrow('overlap each other')
  const part = { attributes: { POSITION: 0 } }
  const many = { meshes: [{ primitives: Array.from({ length: 200_000 }, () => part) }], nodes: [{ mesh: 0 }] }
  expect(() => parseSpaceFile('a.gltf', gltf(many))).toThrow('more than 200000 nodes')
  const odd = { accessors: [{ bufferView: 0, componentType: 5126, count: 1.5, type: 'VEC3' }] }
  expect(() => parseSpaceFile('a.gltf', gltf(odd))).toThrow('no count')
})

test('a view is around the middle, never turns over, and moves with the pointer', () => {
  const bounds = boundsOf(parseSpaceFile('a.obj', bytes('v 0 0 0\nv 2 4 6\n')))!
  const orbit = orbitAround(bounds)
  expect(orbit.target).toEqual([1, 2, 3])
  for (const up of ['y', 'z'] as const) {
    const eye = eyeOf(turnBy(orbit, 1, 99), up)
    const upright = up === 'y' ? 1 : 2
    expect(eye[upright] - orbit.target[upright]).toBeCloseTo(orbit.distance, 1)
    expect(Math.hypot(...eye.map((value, axis) => value - orbit.target[axis]!))).toBeCloseTo(orbit.distance)
    const moved = moveBy(orbit, 0.5, 0, up)
    // To the right in the picture is nothing upwards, and nothing towards the eye.
    expect(moved.target[upright]).toBeCloseTo(orbit.target[upright])
  }
  expect(zoomBy(orbit, 0.5).distance).toBeCloseTo(orbit.distance / 2)
  expect(orbitAround({ low: [1, 1, 1], high: [1, 1, 1] }).distance).toBeGreaterThan(0)
})
