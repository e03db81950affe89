import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type BoxFormat,
  type ClassAveragePrecision,
  type DetectionImage,
  type DetectionMetrics,
  detection,
  detectionMetrics,
  detectionReport,
  EvaluationLogger,
} from '../src/index.ts'
import { expectClose, readFixture } from './fixture.ts'
import { thrownBy } from './thrown-by.ts'

interface Case {
  name: string
  classCount: number
  images: {
    boxes: number[]
    labels: number[]
    isCrowd: number[]
    areas: number[]
    foundBoxes: number[]
    foundLabels: number[]
    scores: number[]
  }[]
  expected: Omit<DetectionMetrics, 'perClass'>
  perClass: ClassAveragePrecision[]
}

const { cases } = readFixture<{ cases: Case[] }>('detection')

const imagesOf = ({ images }: Case): DetectionImage[] =>
  images.map(({ boxes, labels, isCrowd, areas, foundBoxes, foundLabels, scores }) => ({
    truth: { boxes, labels, isCrowd, areas },
    detections: { boxes: foundBoxes, labels: foundLabels, scores },
  }))

test.each(cases)('as pycocotools: $name', (one) => {
  const { classCount, expected, perClass } = one
  expectClose(detectionMetrics(imagesOf(one), { classCount, boxFormat: 'size' }), { ...expected, perClass })
})

const square = (x: number, y: number, size = 10): number[] => [x, y, x + size, y + size]
const oneImage = (truth: number[][], found: number[][], scores = found.map((_, index) => 1 - index / 100)) => ({
  truth: { boxes: truth.flat(), labels: truth.map(() => 0) },
  detections: { boxes: found.flat(), labels: found.map(() => 0), scores },
})

describe('precision and recall from a score on', () => {
  const images = [
    oneImage([square(0, 0), square(50, 50)], [square(0, 0), square(0, 0), square(51, 50), square(90, 90)]),
  ]

  test('each object is found once, and what is not sure does not count', () => {
    expect(detectionReport(images, { classCount: 1 }).perClass).toEqual([
      { precision: 0.5, recall: 1, f1: 2 / 3, support: 2 },
    ])
    expect(detectionReport(images, { classCount: 1, scoreThreshold: 0.995 }).micro).toEqual({
      precision: 1,
      recall: 0.5,
      f1: 2 / 3,
    })
    expect(detectionReport(images, { classCount: 1, iouThreshold: 0.9 }).micro.recall).toBe(0.5)
  })

  test('crowds are neither missed nor found', () => {
    const [image] = images
    const isCrowd = [true, false]
    const { micro } = detectionReport([{ ...image!, truth: { ...image!.truth, isCrowd } }], { classCount: 1 })
    expect(micro).toEqual({ precision: 0.5, recall: 1, f1: 2 / 3 })
  })
})

test('an overlap of just the threshold is enough', () => {
  // Half of the object is found.
  const image = oneImage([[0, 0, 10, 10]], [[0, 0, 10, 5]])
  expect(detectionReport([image], { classCount: 1, iouThreshold: 0.5 }).micro.recall).toBe(1)
  expect(detectionReport([image], { classCount: 1, iouThreshold: 0.51 }).micro.recall).toBe(0)
  expect(detectionMetrics([image], { classCount: 1 })).toMatchObject({ map50: 1, map75: 0 })
})

describe('awkward cases', () => {
  test('no images, or none with objects, give NaN', () => {
    expect(detectionMetrics([], { classCount: 1 }).map).toBeNaN()
    const { map, perClass } = detectionMetrics([oneImage([], [square(0, 0)])], { classCount: 1 })
    expect(map).toBeNaN()
    expect(perClass[0]?.averagePrecision).toBeNaN()
  })

  test('nothing found is 0, everything found is 1', () => {
    expect(detectionMetrics([oneImage([square(0, 0)], [])], { classCount: 1 })).toMatchObject({ map: 0, recall100: 0 })
    const all = oneImage([square(0, 0), square(50, 50)], [square(50, 50), square(0, 0)])
    expect(detectionMetrics([all], { classCount: 1 })).toMatchObject({ map: 1, map75: 1, recall1: 0.5, recall10: 1 })
  })

  test('boxes mean the same in every format', () => {
    const formats: Record<BoxFormat, number[][]> = {
      corners: [
        [0, 0, 10, 20],
        [1, 0, 11, 20],
      ],
      size: [
        [0, 0, 10, 20],
        [1, 0, 10, 20],
      ],
      center: [
        [5, 10, 10, 20],
        [6, 10, 10, 20],
      ],
    }
    for (const [boxFormat, [truth, found]] of Object.entries(formats)) {
      const metrics = detectionMetrics([oneImage([truth!], [found!])], {
        classCount: 1,
        boxFormat: boxFormat as BoxFormat,
      })
      // They overlap by 9/11, which is above .80 and below .85.
      expectClose(metrics.map, 0.7, boxFormat)
    }
  })

  test.each([
    ['evaluation-value', oneImage([[10, 10, 0, 0]], []), {}],
    ['evaluation-value', oneImage([], [square(Number.NaN, 0)]), {}],
    ['evaluation-value', oneImage([], [square(0, 0)], [Number.NaN]), {}],
    ['evaluation-length', oneImage([[0, 0, 1]], []), {}],
    ['evaluation-length', oneImage([], [square(0, 0)], []), {}],
    ['evaluation-label', { ...oneImage([], []), truth: { boxes: square(0, 0), labels: [1] } }, {}],
    ['evaluation-option', oneImage([], []), { iouThreshold: 0 }],
    ['evaluation-option', oneImage([], []), { iouThreshold: Number.NaN }],
  ])('%s', (code, image, options) => {
    expect(thrownBy(() => detectionReport([image], { classCount: 1, ...options }))).toMatchObject({ code })
  })
})

test('an evaluation of many boxes lets others have their turn', async () => {
  const evaluation = new EvaluationLogger({
    task: detection({ labels: ['a'] }),
    confidence: false,
    onProblem: () => {},
  })
  const boxes = Array.from({ length: 100 }, (_, index) => square((index % 10) * 12, Math.floor(index / 10) * 12))
  const { truth, detections } = oneImage(boxes, boxes)
  for (let image = 0; image < 300; image += 1) evaluation.log({ label: truth, prediction: detections })
  let turnCount = 0
  const timer = setInterval(() => {
    turnCount += 1
  }, 0)
  const { metrics } = await evaluation.finish()
  clearInterval(timer)
  expect(metrics.map).toBe(1)
  expect(turnCount).toBeGreaterThan(0)
})

test('mAP rests on the images whose boxes fit, and the rest on all', async () => {
  const options = {
    task: detection({ labels: ['a'] }),
    confidence: false,
    keptMegabytes: 1,
    onProblem: () => {},
  } as const
  const evaluation = new EvaluationLogger({ ...options, maxRows: 0, worstCount: 0 })
  const boxes = Array.from({ length: 100 }, (_, index) => square(index * 12, 0))
  const { truth, detections } = oneImage(boxes, boxes)
  for (let image = 0; image < 120; image += 1) evaluation.log({ label: truth, prediction: detections })
  const { basis, metrics } = await evaluation.finish()
  // 200 boxes of 44 bytes, and a kilobyte.
  const keptCount = Math.floor(2 ** 20 / (1024 + 200 * 44))
  expect(keptCount).toBeLessThan(120)
  expect(basis).toMatchObject({ map: keptCount, mar_100: keptCount })
  expect(basis).not.toHaveProperty('f1')
  expect(metrics).toMatchObject({ map: 1, f1: 1 })
})

describe('properties', () => {
  const box = fc.tuple(
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 0, max: 20 }),
    fc.integer({ min: 1, max: 15 }),
  )
  const boxes = fc.array(
    box.map(([x, y, size]) => square(x, y, size)),
    { maxLength: 6 },
  )
  const images = fc.array(fc.tuple(boxes, boxes), { minLength: 1, maxLength: 4 })

  test('only the order of scores matters, and where the origin is does not', () => {
    fc.assert(
      fc.property(images, (list) => {
        const before = list.map(([truth, found]) => oneImage(truth, found))
        const moved = (box: number[]): number[] => box.map((value) => value + 1000)
        const after = list.map(([truth, found]) =>
          oneImage(
            truth.map(moved),
            found.map(moved),
            found.map((_, index) => Math.exp(-index)),
          ),
        )
        expectClose(detectionMetrics(after, { classCount: 1 }), detectionMetrics(before, { classCount: 1 }))
      }),
      { numRuns: 50 },
    )
  })

  test('values lie between 0 and 1, and stricter overlaps never give more', () => {
    fc.assert(
      fc.property(images, (list) => {
        const { perClass: _, ...metrics } = detectionMetrics(
          list.map(([truth, found]) => oneImage(truth, found)),
          { classCount: 1 },
        )
        for (const value of Object.values(metrics)) expect(Number.isNaN(value) || (value >= 0 && value <= 1)).toBe(true)
        if (Number.isNaN(metrics.map)) return
        expect(metrics.map50).toBeGreaterThanOrEqual(metrics.map75 - 1e-12)
        expect(metrics.recall100).toBeGreaterThanOrEqual(metrics.recall10)
        expect(metrics.recall10).toBeGreaterThanOrEqual(metrics.recall1)
      }),
      { numRuns: 50 },
    )
  })
})
