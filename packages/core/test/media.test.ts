import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { decodePng } from '@lossline/testing'
import { describe, expect, test } from 'vitest'
import { Audio, Histogram, Html, Image, type InitOptions, Molecule, Object3D, Video } from '../src/index.ts'
import { openCase } from './open-case.ts'

describe.each([
  ['in a worker', {}],
  ['synchronously', { durability: 'sync' as const }],
])('media written %s', (_name, options: InitOptions) => {
  test('an image becomes a PNG, a record and the leaves of its row', async () => {
    await using run = await openCase(options)
    const pixels = Uint8Array.of(0, 50, 100, 150, 200, 250)
    run.run.log({ loss: 1, sample: new Image(pixels, { width: 3, height: 2, caption: 'six' }) })
    pixels.fill(7)
    const { rows, records, summary } = await run.read()
    const { 'sample|path': path, 'sample|sha256': sha256, 'sample|size': size } = rows[0]!
    expect(rows[0]).toMatchObject({
      loss: 1,
      _step: 0,
      'sample|_type': 'image-file',
      'sample|format': 'png',
      'sample|width': 3,
      'sample|height': 2,
      'sample|caption': 'six',
    })
    expect(path).toBe(`media/images/sample_0_${String(sha256).slice(0, 20)}.png`)
    expect([...decodePng(run.file(path)).data]).toEqual([0, 50, 100, 150, 200, 250])
    expect(run.file(path)).toHaveLength(Number(size))
    const isOfImage = (record: (typeof records)[0]) => record.kind === 'files' && record.files.files?.[0]?.path === path
    expect(records.filter(isOfImage)).toHaveLength(1)
    expect(records.findIndex(isOfImage)).toBeLessThan(records.findIndex(({ kind }) => kind === 'history'))
    expect(summary).toMatchObject({ sample: { _type: 'image-file', path } })
  })

  test('nested keys, lists and the summary', async () => {
    await using run = await openCase(options)
    const image = (value: number, caption?: string) =>
      new Image(Uint8Array.of(value), { width: 1, height: 1, ...(caption === undefined ? {} : { caption }) })
    run.run.log({
      val: { 'in/../out': image(1) },
      list: [image(1, 'a'), image(2), image(1)],
      mixed: [image(3), 4, 'five'],
    })
    run.run.summary.best = image(9)
    const { rows, summary, records } = await run.read()
    expect(rows[0]).toMatchObject({
      'val|in/../out|path': expect.stringMatching(/^media\/images\/in\/__\/out_0_[0-9a-f]{20}\.png$/),
    })
    expect(rows[0]).toMatchObject({
      'list|_type': 'images/separated',
      'list|count': 3,
      'list|captions': ['a', null, null],
    })
    const names = rows[0]!['list|filenames'] as string[]
    expect(names[0]).toBe(names[2])
    expect(new Set(names).size).toBe(2)
    expect(rows[0]).toMatchObject({ mixed: [{ _type: 'image-file' }, 4, 'five'] })
    expect(summary).toMatchObject({ best: { path: expect.stringMatching(/^media\/images\/best_summary_/) } })
    const files = records
      .flatMap((record) => (record.kind === 'files' ? [record.files.files![0]!.path!] : []))
      .filter((path) => path.startsWith('media/'))
    expect(files).toHaveLength(5)
    expect(files.every((path) => existsSync(join(run.run.directory, 'files', path)))).toBe(true)
  })

  test('a later image replaces an earlier one whole: in its row, in the summary, and for those who read the journal', async () => {
    await using run = await openCase(options)
    const captioned = () => new Image(Uint8Array.of(1), { width: 1, height: 1, caption: 'old' })
    const plain = () => new Image(Uint8Array.of(2), { width: 1, height: 1 })
    run.run.log({ first: captioned(), second: captioned(), number: captioned(), gallery: [captioned()] })
    expect(run.run.summary.first).toMatchObject({ caption: 'old' })
    run.run.log({ first: captioned() }, { commit: false })
    run.run.log({ first: plain(), number: 3, gallery: plain() })
    run.run.summary.second = plain()
    const live = run.run.summary.toJSON()
    const { rows, summary } = await run.read()
    expect(rows[1]).not.toHaveProperty('first|caption')
    for (const values of [live, summary]) {
      expect(Object.keys(values.first as object).sort()).toEqual([
        '_type',
        'format',
        'height',
        'path',
        'sha256',
        'size',
        'width',
      ])
      expect(values.second).not.toHaveProperty('caption')
      expect(values.gallery).not.toHaveProperty('filenames')
      expect(values.number).toBe(3)
    }
  })

  test('lists of one kind become batches, with the captions that W&B writes', async () => {
    await using run = await openCase(options)
    const sound = (caption?: string) =>
      new Audio(new Int16Array(4), { sampleRate: 4, ...(caption === undefined ? {} : { caption }) })
    const clip = () => new Video(new Uint8Array(8), { shape: [2, 1, 2, 2] })
    run.run.log({
      sounds: [sound(), sound('second')],
      clips: [clip(), clip()],
      pages: [new Html('<p>')],
      objects: [new Object3D([[1, 2, 3]])],
      molecules: [new Molecule('END', { fileType: 'pdb', caption: 'first' }), new Molecule('END', { fileType: 'pdb' })],
      histograms: [new Histogram([1, 2], { binCount: 1 })],
      many: Array.from({ length: 110 }, (_, index) => new Image(Uint8Array.of(index), { width: 1, height: 1 })),
    })
    const { rows } = await run.read()
    const row = rows[0]!
    expect(row).toMatchObject({
      'sounds|_type': 'audio',
      'sounds|count': 2,
      'sounds|sampleRates': [4, 4],
      'sounds|durations': [1, 1],
      'sounds|captions': ['', 'second'],
    })
    expect(row['sounds|audio']).toMatchObject([{ _type: 'audio-file' }, { _type: 'audio-file', caption: 'second' }])
    expect(row).toMatchObject({
      'clips|_type': 'videos',
      'clips|captions': false,
      'clips|videos': [{ width: 2, height: 2 }, { _type: 'video-file' }],
    })
    expect(row).toMatchObject({ 'pages|_type': 'html', 'pages|html': [{ _type: 'html-file' }] })
    expect(row).toMatchObject({
      'objects|_type': 'object3D',
      'objects|filenames': [expect.stringMatching(/^objects_0_[0-9a-f]{20}.pts.json$/)],
    })
    expect(row).toMatchObject({ 'molecules|_type': 'molecule', 'molecules|captions': ['first', null] })
    expect(row).toMatchObject({ histograms: [{ _type: 'histogram', values: [2], bins: [1, 2] }] })
    expect(row['many|filenames']).toHaveLength(108)
  })

  test('boxes and masks of a gallery, and the names of their classes in the config', async () => {
    await using run = await openCase(options)
    const box = { position: { minX: 0, minY: 0, maxX: 1, maxY: 1 }, classId: 3 }
    const plain = () => new Image(new Uint8Array(4), { width: 2, height: 2 })
    const layered = () =>
      new Image(new Uint8Array(4), {
        width: 2,
        height: 2,
        boxes: { truth: { boxData: [box] } },
        masks: {
          truth: {
            maskData: [
              [0, 2],
              [2, 0],
            ],
          },
        },
      })
    run.run.log({ nested: { street: [plain(), layered()] } })
    run.run.log({ nested: { street: [plain(), layered()] } })
    const { rows, config, records } = await run.read()
    expect(rows[0]).toMatchObject({
      'nested|street|all_boxes': [
        null,
        { truth: { _type: 'boxes2D', path: expect.stringContaining('/boxes2D/street_0_') } },
      ],
      'nested|street|all_masks': [null, { truth: { _type: 'mask', path: expect.stringContaining('/mask/street_0_') } }],
    })
    expect(config._wandb).toMatchObject({
      'bounding_box/class_labels': {
        street_wandb_delimeter_truth: {
          type: 'bounding_box/class_labels',
          key: 'street_wandb_delimeter_truth',
          value: { 3: 'class_3' },
        },
      },
      'mask/class_labels': { street_wandb_delimeter_truth: { value: { 0: 'class_0', 2: 'class_2' } } },
    })
    const labels = records.filter(
      (record) => record.kind === 'config' && JSON.stringify(record).includes('class_labels'),
    )
    expect(labels).toHaveLength(2)
  })

  test('a value of 100 MB, and one beside the rows of others', async () => {
    await using run = await openCase(options)
    const pixels = new Uint8Array(100_000_000).fill(5)
    run.run.log({ before: 1 })
    run.run.log({ huge: new Image(pixels, { width: 10_000, height: 10_000 }) })
    run.run.log({ after: 1 })
    const { rows } = await run.read()
    expect(rows).toMatchObject([{ before: 1 }, { 'huge|width': 10_000, 'huge|_type': 'image-file' }, { after: 1 }])
  })
})
