import { createHash } from 'node:crypto'
import { decodePng } from '@lossline/testing'
import { expect, test } from 'vitest'
import { Html, Image } from '../../src/index.ts'
import { openApiServer } from './api-server.ts'

test('media arrive at the server: their objects whole in history and summary, their files as they were', async () => {
  await using place = await openApiServer()
  const pixels = Uint8Array.of(1, 2, 3, 4, 5, 6)
  const image = () =>
    new Image(pixels, {
      width: 3,
      height: 2,
      caption: 'six',
      boxes: {
        truth: {
          boxData: [{ position: { minX: 0, minY: 0, maxX: 1, maxY: 1 }, classId: 1 }],
          classLabels: { 1: 'cat' },
        },
      },
    })
  await place.logRun({ id: 'media' }, (run) => {
    run.log({ loss: 1, sample: image() })
    run.log({ loss: 0.5, gallery: [image(), image()], page: new Html('<p>') })
  })
  const run = await place.api.run('media')
  const rows = await run.history()
  expect(rows).toMatchObject([
    {
      _step: 0,
      loss: 1,
      sample: { _type: 'image-file', width: 3, height: 2, caption: 'six', boxes: { truth: { _type: 'boxes2D' } } },
    },
    {
      _step: 1,
      loss: 0.5,
      gallery: { _type: 'images/separated', count: 2, captions: ['six', 'six'] },
      page: { _type: 'html-file' },
    },
  ])
  expect(run.summary).toMatchObject({ sample: { _type: 'image-file' }, gallery: { count: 2 } })

  const files = await run.files().toArray()
  const names = files.map(({ name }) => name).filter((name) => name.startsWith('media/'))
  expect(names.map((name) => name.replace(/_[0-9a-f]{20}\./, '.')).sort()).toEqual([
    'media/html/page_1.html',
    'media/images/gallery_1.png',
    'media/images/sample_0.png',
    'media/metadata/boxes2D/gallery_1.boxes2D.json',
    'media/metadata/boxes2D/sample_0.boxes2D.json',
  ])
  const { path, sha256 } = rows[0]!.sample as { path: string; sha256: string }
  const bytes = await (await run.file(path)).bytes()
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256)
  expect([...decodePng(bytes).data]).toEqual([...pixels])
})
