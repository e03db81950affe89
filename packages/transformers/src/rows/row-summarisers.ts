import { summariseAnswers, summariseDocumentAnswers, summariseFilledMasks } from './answers.ts'
import { summariseBoxes } from './boxes.ts'
import { summariseGeneratedText } from './generated-text.ts'
import { inputColumns } from './input-columns.ts'
import { summariseLabels, summariseZeroShotLabels } from './labels.ts'
import { summariseMasks } from './masks.ts'
import { summariseDepth, summarisePictures } from './pictures.ts'
import type { RowPart, RowSummariser } from './row-part.ts'
import { summariseMadeAudio, summariseSpeech } from './speech.ts'
import { summariseTensors } from './tensors.ts'
import { describeText } from './text-cell.ts'
import { summariseTokenSpans } from './token-spans.ts'

const summarisers: Readonly<Record<string, RowSummariser>> = {
  'text-classification': summariseLabels,
  'image-classification': summariseLabels,
  'audio-classification': summariseLabels,
  'zero-shot-image-classification': summariseLabels,
  'zero-shot-audio-classification': summariseLabels,
  'zero-shot-classification': summariseZeroShotLabels,
  'token-classification': summariseTokenSpans,
  'question-answering': summariseAnswers,
  'document-question-answering': summariseDocumentAnswers,
  'fill-mask': summariseFilledMasks,
  'text-generation': summariseGeneratedText,
  'text2text-generation': summariseGeneratedText,
  summarization: summariseGeneratedText,
  translation: summariseGeneratedText,
  'image-to-text': summariseGeneratedText,
  'feature-extraction': summariseTensors,
  'image-feature-extraction': summariseTensors,
  'object-detection': summariseBoxes,
  'zero-shot-object-detection': summariseBoxes,
  'image-segmentation': summariseMasks,
  'background-removal': summarisePictures,
  'image-to-image': summarisePictures,
  'depth-estimation': summariseDepth,
  'automatic-speech-recognition': summariseSpeech,
  'text-to-audio': summariseMadeAudio,
}

/** What makes the columns of a task; of one that is not known, the output as text. */
export function rowSummariserOf(task: string): RowSummariser {
  return Object.hasOwn(summarisers, task) ? (summarisers[task] ?? summariseAnything) : summariseAnything
}

function summariseAnything(part: RowPart) {
  return {
    input: inputColumns(part),
    quoting: { output: part.output === undefined ? null : describeText(part.output) },
  }
}
