import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { encodeForArtifact, encodeMediaCell } from '@lossline/journal'
import type { JsonObject } from '@lossline/protocol'
import { decodePng, fixtureUrl } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { Audio, Histogram, Image, JoinedTable, Object3D, Table } from '../src/index.ts'

const golden = fileURLToPath(fixtureUrl('wandb-runs/table/staging'))
const pictureFile = fileURLToPath(
  fixtureUrl(
    'wandb-runs/media/offline-run-20261124_020400-media001/files/media/images/image_0_ed6843a3d8e066bff20d.png',
  ),
)

/** The picture of the Python program that wrote the golden tables. */
function picture(number: number): Uint8Array {
  return Uint8Array.from({ length: 8 * 8 * 3 }, (_, index) => {
    const [x, y] = [Math.floor(index / 3) % 8, Math.floor(index / 24)]
    return [x * 9 + number * 30, y * 9, (x + y) * 5 + number * 60][index % 3]!
  })
}

describe('encodeMediaCell', () => {
  test('says of an image what the Python client says, and the file it names holds the same pixels', () => {
    const table = readdirSync(golden)
      .map((name) => readFileSync(join(golden, name)))
      .find((bytes) => bytes.subarray(0, 10).toString().startsWith('{"_type"') && bytes.includes('row 0, '))
    const theirs = JSON.parse(table!.toString()).data[0][1] as JsonObject
    const { value, files } = encodeMediaCell(new Image(picture(0), { width: 8, height: 8 }).toSnapshot())
    expect(Object.keys(value as JsonObject).sort()).toEqual(Object.keys(theirs).sort())
    const { path, sha256, ...rest } = value as JsonObject
    const { path: _path, sha256: _sha256, ...theirRest } = theirs
    expect(rest).toEqual(theirRest)
    expect(files).toHaveLength(1)
    const bytes = files[0]!.bytes as Uint8Array
    const hash = (algorithm: string) => createHash(algorithm).update(bytes).digest('hex')
    expect({ path, sha256 }).toEqual({ path: `media/images/${hash('md5').slice(0, 20)}.png`, sha256: hash('sha256') })
    expect(files[0]!.path).toBe(path)
    expect([...decodePng(bytes).data]).toEqual([...picture(0)])
  })

  test('a file of the user keeps its name, below its hash, and is not read into memory', () => {
    const { value, files } = encodeMediaCell(new Image(pictureFile, { caption: 'c' }).toSnapshot())
    const path = 'media/images/ed6843a3d8e066bff20d/image_0_ed6843a3d8e066bff20d.png'
    expect(value).toMatchObject({ _type: 'image-file', path, caption: 'c', format: 'png', width: 24, height: 24 })
    expect(files).toEqual([{ path, bytes: { sourcePath: pictureFile } }])
  })

  test('lists share a file of the same content; histograms have none', () => {
    const image = () => new Image(picture(1), { width: 8, height: 8 }).toSnapshot()
    const { value, files } = encodeMediaCell({ kind: 'list', items: [image(), image()] })
    expect(value).toHaveLength(2)
    expect(files).toHaveLength(1)
    expect(encodeMediaCell(new Histogram([1, 2, 2, 3], { binCount: 2 }).toSnapshot())).toEqual({
      value: { _type: 'histogram', values: [1, 3], bins: [1, 2, 3] },
      files: [],
    })
  })
})

describe('encodeForArtifact', () => {
  test('boxes, masks and classes of an image', () => {
    const image = new Image(picture(0), {
      width: 8,
      height: 8,
      boxes: {
        truth: {
          boxData: [{ position: { minX: 0, minY: 0, maxX: 1, maxY: 0.5 }, classId: 1 }],
          classLabels: { 1: 'cat' },
        },
      },
      masks: { truth: { maskData: new Uint8Array(64).fill(2, 0, 8) } },
      classes: [{ id: 7, name: "dog's" }],
    })
    const files = encodeForArtifact(image.toSnapshot(), 'samples/first')
    const paths = files.map(({ path }) => path)
    expect(paths.at(-1)).toBe('samples/first.image-file.json')
    const json = JSON.parse(String(files.at(-1)!.bytes))
    expect(json.boxes).toEqual({ truth: [{ position: { minX: 0, minY: 0, maxX: 1, maxY: 0.5 }, class_id: 1 }] })
    expect(json.masks.truth).toEqual({
      _type: 'mask',
      path: expect.stringMatching(/^media\/images\/mask\/[0-9a-f]{20}\.mask\.png$/),
      sha256: expect.any(String),
    })
    const classes = files.find(({ path }) => path === json.classes.path)
    expect(String(classes!.bytes)).toBe(
      '{"_type": "classes", "class_set": [{"id": 1, "name": "cat"}, {"id": 0, "name": "class_0"}, {"id": 2, "name": "class_2"}, {"id": 7, "name": "dog\'s"}]}',
    )
    // python3 -c "import hashlib; print(hashlib.md5(str([{'id': 1, 'name': 'cat'}, {'id': 0, 'name': 'class_0'}, {'id': 2, 'name': 'class_2'}, {'id': 7, 'name': 'dog\'s'}]).encode()).hexdigest())"
    expect(json.classes).toEqual({
      type: 'classes-file',
      path: 'media/classes/b1e49dd21b949d226e78b4489da4e0d6_cls.classes.json',
      digest: createHash('md5')
        .update(classes!.bytes as Uint8Array)
        .digest('base64'),
    })
    expect(new Set([...paths].map((path) => path.split('/')[1]))).toEqual(
      new Set(['images', 'classes', 'first.image-file.json']),
    )
  })

  test('sounds and point clouds', () => {
    const sound = encodeForArtifact(new Audio(new Float32Array(8), { sampleRate: 8000 }).toSnapshot(), 'tone')
    expect(sound.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^media\/audio\/[0-9a-f]{20}\.wav$/),
      'tone.audio-file.json',
    ])
    const points = encodeForArtifact(new Object3D([[1, 2, 3]]).toSnapshot(), 'cloud.object3D-file.json')
    expect(points.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^media\/object3D\/[0-9a-f]{20}\.pts\.json$/),
      'cloud.object3D-file.json',
    ])
    expect(String(points[0]!.bytes)).toBe('[[1,2,3]]')
  })

  test('a joined table brings its tables along', () => {
    const before = new Table([{ id: 1, score: 0.5 }])
    const joined = new JoinedTable({ table1: before, table2: 'after.table.json', joinKey: 'id' })
    const files = encodeForArtifact(joined.toSnapshot(), 'both')
    expect(files.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^t1_[0-9a-f]{20}\.table\.json$/),
      'both.joined-table.json',
    ])
    expect(JSON.parse(String(files[0]!.bytes))).toMatchObject({ columns: ['id', 'score'], data: [[1, 0.5]] })
    expect(JSON.parse(String(files[1]!.bytes))).toEqual({
      _type: 'joined-table',
      join_key: 'id',
      table1: files[0]!.path,
      table2: 'after.table.json',
    })
    // The same content has the same names.
    expect(encodeForArtifact(joined.toSnapshot(), 'both')).toEqual(files)
  })
})
