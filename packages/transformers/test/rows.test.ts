import { Image } from '@lossline/core'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Cells, reportTo } from '../src/index.ts'
import { createFakePipeline, makeImage, makeTensor } from './fake-pipeline.ts'
import { callsOf, openTrackedRun } from './tracked-run.ts'

const image = makeImage(4, 2)
const cat = { label: 'cat', score: 0.75 }
const dog = { label: 'dog', score: 0.25 }
const box = { xmin: 1, ymin: 0, xmax: 3, ymax: 2 }
const leftHalf = { ...makeImage(4, 2, 1, 0), data: new Uint8ClampedArray([255, 255, 0, 0, 255, 255, 0, 0]) }
const tone = Float32Array.from({ length: 800 }, (_, index) => Math.sin(index / 8))
const chat = [
  { role: 'system', content: 'Be short.' },
  { role: 'user', content: 'Hello?' },
]

/** Task, arguments, what the pipeline returns, and columns of the rows that are made of it. */
const cases: [string, unknown[], unknown, Record<string, unknown>[]][] = [
  [
    'image-classification',
    ['a.jpg', { top_k: 30 }],
    Array.from({ length: 30 }, (_, index) => ({ label: `c${index}`, score: 1 / (index + 2) })),
    [{ label: 'c0', scores: expect.stringMatching(/^c0 0\.500, .*, c19 0\.048, …$/) }],
  ],
  ['text-classification', ['a'], [cat], [{ input: 'a', label: 'cat', score: 0.75, scores: 'cat 0.750' }]],
  ['text-classification', ['x'.repeat(10_001)], [cat], [{ input: `${'x'.repeat(10_000)}…` }]],
  ['audio-classification', [new Float32Array(16_000 * 60 + 1)], [cat], [{ audio: null, seconds: 120.000125 }]],
  ['text-classification', [['a', 'b']], [cat, dog], [{ label: 'cat' }, { label: 'dog' }]],
  [
    'text-classification',
    [['a', 'b'], { top_k: null }],
    [[cat, dog], [dog]],
    [{ label: 'cat', scores: 'cat 0.750, dog 0.250', options: '{"top_k":null}' }, { label: 'dog' }],
  ],
  [
    'token-classification',
    ['Sarah lives in London'],
    [
      { entity: 'B-PER', score: 0.99, index: 1, word: 'Sarah' },
      { entity: 'B-LOC', score: 0.9, index: 4, word: 'London' },
    ],
    [
      {
        entity_count: 2,
        entity_types: 'B-PER × 1, B-LOC × 1',
        lowest_score: 0.9,
        entities: 'Sarah [B-PER 0.990], London [B-LOC 0.900]',
      },
    ],
  ],
  [
    'token-classification',
    [['London', 'none'], { aggregation_strategy: 'simple' }],
    [[{ entity_group: 'LOC', score: 0.9, word: 'London' }], []],
    [{ entities: 'London [LOC 0.900]' }, { entity_count: 0, entities: '' }],
  ],
  [
    'question-answering',
    ['Who?', 'Ada did it.'],
    { answer: 'Ada', score: 0.5 },
    [{ question: 'Who?', context: 'Ada did it.', answer: 'Ada', score: 0.5, answer_count: 1 }],
  ],
  [
    'question-answering',
    [
      ['Who?', 'What?'],
      ['Ada did it.', 'It is it.'],
    ],
    [
      { answer: 'Ada', score: 0.5 },
      { answer: 'it', score: 0.4 },
    ],
    [{ context: 'Ada did it.' }, { context: 'It is it.', answer: 'it' }],
  ],
  [
    'fill-mask',
    ['a [MASK]'],
    [
      { sequence: 'a b', score: 0.7, token: 5, token_str: 'b' },
      { sequence: 'a c', score: 0.2, token: 6, token_str: 'c' },
    ],
    [{ token: 'b', score: 0.7, scores: 'b 0.700, c 0.200', sequence: 'a b' }],
  ],
  ['summarization', ['long'], [{ summary_text: 'short' }], [{ prompt: 'long', output: 'short' }]],
  [
    'translation',
    [['one', 'two'], { tgt_lang: 'fr' }],
    [{ translation_text: 'un' }, { translation_text: 'deux' }],
    [
      { output: 'un', options: '{"tgt_lang":"fr"}' },
      { prompt: 'two', output: 'deux' },
    ],
  ],
  ['text2text-generation', ['q'], [{ generated_text: 'a' }], [{ prompt: 'q', output: 'a' }]],
  ['text-generation', ['say'], [{ generated_text: 'say hello' }], [{ prompt: 'say', output: ' hello' }]],
  [
    'text-generation',
    [chat],
    [{ generated_text: [...chat, { role: 'assistant', content: 'Hi.' }] }],
    [{ prompt: 'system: Be short.\nuser: Hello?', output: 'Hi.' }],
  ],
  [
    'text-generation',
    [[chat, chat]],
    [0, 1].map((index) => [{ generated_text: [...chat, { role: 'assistant', content: `Hi ${index}` }] }]),
    [{ output: 'Hi 0' }, { output: 'Hi 1' }],
  ],
  [
    'zero-shot-classification',
    ['a', ['x', 'y']],
    { sequence: 'a', labels: ['y', 'x'], scores: [0.8, 0.2] },
    [{ candidate_labels: ['x', 'y'], label: 'y', score: 0.8, scores: 'y 0.800, x 0.200' }],
  ],
  [
    'feature-extraction',
    [['a', 'b'], { pooling: 'mean' }],
    makeTensor([2, 2], Float32Array.of(3, 4, 0, 1)),
    [
      { dims: '2', type: 'float32', norm: 5, mean: 3.5, min: 3, max: 4 },
      { dims: '2', norm: 1, mean: 0.5 },
    ],
  ],
  ['feature-extraction', ['a'], makeTensor([1, 3, 2], new Float32Array(6)), [{ dims: '1 × 3 × 2', norm: 0 }]],
  ['image-feature-extraction', [image], makeTensor([1, 2], BigInt64Array.of(3n, 4n)), [{ type: 'int64', norm: 5 }]],
  ['image-classification', [image], [cat, dog], [{ image: 'Image', label: 'cat' }]],
  ['image-classification', ['a.jpg'], [cat], [{ input: 'a.jpg', label: 'cat' }]],
  [
    'zero-shot-image-classification',
    [image, ['dog', 'cat']],
    [dog, cat],
    [{ label: 'cat', candidate_labels: ['dog', 'cat'] }],
  ],
  [
    'object-detection',
    [image],
    [
      { ...cat, box },
      { ...cat, score: 0.5, box },
    ],
    [{ image: 'Image', labels: 'cat × 2', box_count: 2, top_score: 0.75 }],
  ],
  [
    'zero-shot-object-detection',
    [image, ['cat']],
    [{ ...cat, box }],
    [{ labels: 'cat × 1', candidate_labels: ['cat'] }],
  ],
  [
    'image-segmentation',
    [image],
    [{ ...cat, mask: leftHalf }],
    [{ image: 'Image', labels: 'cat × 1', coverage: 0.5, mask: 'Image' }],
  ],
  [
    'image-segmentation',
    ['a.jpg'],
    [{ label: null, score: null, mask: leftHalf }],
    [{ input: 'a.jpg', labels: 'mask × 1' }],
  ],
  ['image-segmentation', [[image]], [{ ...cat, mask: leftHalf }], [{ labels: 'cat × 1', coverage: 0.5 }]],
  ['background-removal', [image], image, [{ output: 'Image', output_size: '4 × 2' }]],
  ['image-to-image', [[image, image]], [image, makeImage(8, 4)], [{ output_size: '4 × 2' }, { output_size: '8 × 4' }]],
  [
    'depth-estimation',
    [image],
    { predicted_depth: makeTensor([1, 2], Float32Array.of(1, 3)), depth: leftHalf },
    [{ depth: 'Image', depth_min: 1, depth_max: 3, depth_mean: 2 }],
  ],
  ['image-to-text', [image], [{ generated_text: 'a cat' }], [{ image: 'Image', output: 'a cat' }]],
  ['document-question-answering', [image, 'Total?'], [{ answer: '7' }], [{ question: 'Total?', answer: '7' }]],
  ['audio-classification', [tone], [cat], [{ audio: 'Audio', seconds: 0.1, label: 'cat' }]],
  ['zero-shot-audio-classification', [tone, ['cat']], [cat], [{ label: 'cat', candidate_labels: ['cat'] }]],
  [
    'automatic-speech-recognition',
    [tone],
    { text: ' Hello.', chunks: [{ timestamp: [0, 0.1], text: ' Hello.' }] },
    [{ audio: 'Audio', text: ' Hello.', chunks: '0.00 s–0.10 s Hello.' }],
  ],
  ['text-to-audio', ['Hi'], { audio: tone, sampling_rate: 8000 }, [{ input: 'Hi', audio: 'Audio', seconds: 0.1 }]],
  ['a-task-of-tomorrow', ['x'], { anything: 1n }, [{ input: 'x', output: '{"anything":1}' }]],
]

const processor = { feature_extractor: { config: { sampling_rate: 8000 } } }

describe('a row of the table', () => {
  const results = cases.map(() => ({ calls: [] as unknown[], rows: [] as unknown[] }))

  beforeAll(async () => {
    await using tracked = await openTrackedRun()
    for (const [index, [task, args, output]] of cases.entries()) {
      const pipe = createFakePipeline(task, () => output, processor)
      expect(await reportTo(pipe, { run: tracked.run, name: `pipe-${index}` })(...args)).toBe(output)
    }
    const written = await tracked.finishAndRead()
    for (const [index, result] of results.entries()) {
      result.calls = callsOf(written, `pipe-${index}`)
      result.rows = await written.readTable(`pipe-${index}/predictions`)
    }
  })

  test.each(cases.map(([task, , , expected], index) => ({ task, expected, index })))(
    'of $task ($index)',
    ({ expected, index }) => {
      expect(results[index]?.calls).toMatchObject([{ call: 0, error: 0, batch_size: expected.length }])
      expect(results[index]?.rows).toHaveLength(expected.length)
      expect(results[index]?.rows).toMatchObject(expected)
    },
  )
})

describe('over an image', () => {
  const snapshotOf = async (task: string, output: unknown, options: object = {}) => {
    await using tracked = await openTrackedRun({ mode: 'disabled' })
    const seen: Cells[] = []
    const redact = (row: Cells) => {
      seen.push(row)
      return row
    }
    await reportTo(
      createFakePipeline(task, () => output),
      { run: tracked.run, redact },
    )(image, options)
    const shown = seen[0]?.image
    return shown instanceof Image ? shown.toSnapshot() : undefined
  }

  test('stand the boxes that were found, in pixels or fractions', async () => {
    const found = [
      { ...cat, box },
      { ...dog, box },
    ]
    const boxesOf = async (options: object) => {
      const snapshot = await snapshotOf('object-detection', found, options)
      return { labels: snapshot?.boxes?.[0]?.classLabels, boxes: JSON.parse(snapshot?.boxes?.[0]?.boxesJson ?? '[]') }
    }
    const { labels, boxes } = await boxesOf({})
    expect(labels).toEqual({ 1: 'cat', 2: 'dog' })
    expect(boxes).toMatchObject([
      { position: { minX: 1, minY: 0, maxX: 3, maxY: 2 }, domain: 'pixel', class_id: 1, box_caption: 'cat 0.750' },
      { class_id: 2, scores: { score: 0.25 } },
    ])
    expect((await boxesOf({ percentage: true })).boxes[0]).not.toHaveProperty('domain')
  })

  test('stands a class for each pixel that is in a segment', async () => {
    const snapshot = await snapshotOf('image-segmentation', [
      { ...cat, mask: leftHalf },
      { ...dog, mask: { ...leftHalf, data: leftHalf.data.toReversed() } },
    ])
    expect(snapshot?.masks?.[0]).toMatchObject({
      classLabels: { 1: 'cat', 2: 'dog' },
      content: { width: 4, height: 2, data: Uint8Array.of(1, 1, 2, 2, 1, 1, 2, 2) },
    })
  })
})
