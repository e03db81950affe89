import {
  classification,
  detection,
  type EvaluationTask,
  questionAnswering,
  segmentation,
  speechRecognition,
  textGeneration,
  tokenClassification,
} from '@lossline/evaluation'
import { TransformersOptionError } from '../errors.ts'
import { newTextOf } from '../rows/generated-text.ts'
import { paintSegments, segmentsOf } from '../rows/masks.ts'
import { isRawImageLike, isRecord } from '../transformers-like.ts'

/** What is to be judged of one example. */
export interface ReadOutputOptions {
  readonly output: unknown
  readonly input: unknown
  /** What is right. */
  readonly label: unknown
  readonly labels: readonly string[]
  /** Of the call. */
  readonly options: Readonly<Record<string, unknown>>
}

/** How pipelines of one kind are evaluated. */
export interface PipelineJudge {
  /** Options of the calls, so that the pipeline says all that is needed. */
  readonly callOptions: Readonly<Record<string, unknown>>
  /** What becomes part of the evaluation's row: `prediction`, `scores` and so on. */
  read(options: ReadOutputOptions): Readonly<Record<string, unknown>>
  /** How rows are judged. */
  task(labels: readonly string[]): EvaluationTask<never>
}

const ofClasses = (labels: readonly string[]) => classification(labels.length === 0 ? {} : { labels })
const classes: PipelineJudge = { callOptions: { top_k: null }, read: readScores, task: ofClasses }
const candidates: PipelineJudge = { ...classes, callOptions: {} }
const texts: PipelineJudge = { callOptions: {}, read: readText, task: () => textGeneration() }
const answers: PipelineJudge = { callOptions: {}, read: readAnswer, task: () => questionAnswering() }
const boxes: PipelineJudge = {
  // COCO's mean average precision looks at detections of any score; the default would leave out most of them.
  callOptions: { threshold: 0.01 },
  read: readBoxes,
  task: (labels) => detection({ labels }),
}
const masks: PipelineJudge = { callOptions: {}, read: readMasks, task: (labels) => segmentation({ labels }) }

const judges: Readonly<Record<string, PipelineJudge>> = {
  'text-classification': classes,
  'image-classification': classes,
  'audio-classification': classes,
  'zero-shot-classification': { ...candidates, read: readLists },
  'zero-shot-image-classification': candidates,
  'zero-shot-audio-classification': candidates,
  'token-classification': { callOptions: { ignore_labels: [] }, read: readTags, task: () => tokenClassification() },
  'question-answering': answers,
  'document-question-answering': answers,
  // A tokenizer may give the prompt back in another form, so that only the pipeline can tell what is new.
  'text-generation': { ...texts, callOptions: { return_full_text: false } },
  'text2text-generation': texts,
  summarization: texts,
  translation: texts,
  'image-to-text': texts,
  'automatic-speech-recognition': { ...texts, task: () => speechRecognition() },
  'object-detection': boxes,
  'zero-shot-object-detection': boxes,
  'image-segmentation': masks,
}

/** The judge of a task; `undefined` where there is none. */
export function pipelineJudgeOf(task: string): PipelineJudge | undefined {
  return Object.hasOwn(judges, task) ? judges[task] : undefined
}

function readScores({ output, labels }: ReadOutputOptions) {
  const scored = new Map(toList(output).map(({ label, score }) => [label, score]))
  return { scores: Float64Array.from(labels, (label) => Number(scored.get(label) ?? 0)) }
}

function readLists({ output, labels }: ReadOutputOptions) {
  const { labels: names, scores } = isRecord(output) ? output : {}
  const scored = new Map(
    Array.isArray(names) && Array.isArray(scores) ? names.map((name, index) => [name, scores[index]]) : [],
  )
  return { scores: Float64Array.from(labels, (label) => Number(scored.get(label) ?? 0)) }
}

function readText({ output, input, options }: ReadOutputOptions) {
  return { prediction: newTextOf(output, input, options) }
}

function readAnswer({ output }: ReadOutputOptions) {
  const [best] = toList(output)
  const prediction = typeof best?.answer === 'string' ? best.answer : ''
  return { prediction, ...(typeof best?.score === 'number' ? { confidence: best.score } : {}) }
}

/** With `ignore_labels: []` there is a tag for each token. */
function readTags({ output }: ReadOutputOptions) {
  const tags = toList(output)
  return { prediction: tags.map(({ entity }) => String(entity)), tokens: tags.map(({ word }) => String(word)) }
}

function readBoxes({ output, input }: ReadOutputOptions) {
  const found = toList(output)
  const corners = found.map(({ box }) => {
    const { xmin, ymin, xmax, ymax } = isRecord(box) ? box : {}
    return [xmin, ymin, xmax, ymax].map(Number)
  })
  const prediction = {
    boxes: corners,
    labels: found.map(({ label }) => String(label)),
    scores: found.map(({ score }) => Number(score)),
  }
  return isRawImageLike(input) ? { prediction, image: input } : { prediction }
}

/** A class for each pixel; what no segment covers is background. */
function readMasks({ output, input, label, labels }: ReadOutputOptions) {
  const background = labels.findIndex((name) => name.toLowerCase() === 'background')
  const painted = paintSegments(segmentsOf(output), background, (segment) => labels.indexOf(segment.label ?? 'mask'))
  // Where nothing was found, only what is right says how large the image is.
  const pixelCount = isRecord(label) || Array.isArray(label) ? Number(Reflect.get(label, 'length')) : 0
  const prediction = painted ?? new Int32Array(pixelCount).fill(background)
  if (prediction.includes(-1)) {
    throw new TransformersOptionError(
      'The segments of an image leave out pixels, or are of none of the labels.',
      'Pass labels with all classes and one called background, or decode.',
    )
  }
  return isRawImageLike(input) ? { prediction, image: input } : { prediction }
}

function toList(output: unknown): Readonly<Record<string, unknown>>[] {
  return (Array.isArray(output) ? output : [output]).filter(isRecord)
}
