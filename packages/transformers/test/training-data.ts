import { openTemporaryDirectory } from '@lossline/testing'
import { onTestFinished } from 'vitest'
import { type LabelledExample, Trainer, type TrainerOptions, type TrainingArguments } from '../src/index.ts'
import { tf } from './tensorflow.ts'

/** Embeds points: `input` is the embedding. */
export async function embedPoints(inputs: readonly unknown[]) {
  const points = inputs as number[][]
  return { dims: [points.length, points[0]?.length ?? 0], type: 'float32', data: Float32Array.from(points.flat()) }
}

/** Points of a plane in three classes, which a line each tells apart but for some of them. */
export function makePoints(count: number, shift = 0): LabelledExample[] {
  return Array.from({ length: count }, (_, index) => {
    const angle = (index + shift) * 2.4
    const label = ['low', 'middle', 'high'][index % 3] ?? ''
    const distance = 0.4 + 0.9 * Math.abs(Math.sin(index + shift))
    const centre = ((index % 3) * 2 * Math.PI) / 3
    return {
      input: [Math.cos(centre) + distance * Math.cos(angle), Math.sin(centre) + distance * Math.sin(angle)],
      label,
    }
  })
}

/** What a trainer on points needs. */
export const points = { embedder: embedPoints, tf, trainDataset: makePoints(30), evalDataset: makePoints(12, 7) }

/** A temporary folder that goes with the test. */
export async function openFolder(): Promise<string> {
  const directory = await openTemporaryDirectory()
  onTestFinished(() => directory[Symbol.asyncDispose]())
  return directory.path
}

/** A trainer on points, which reports nowhere unless told to. */
export async function createPointTrainer(
  args: TrainingArguments,
  options: Partial<TrainerOptions> = {},
): Promise<Trainer> {
  const outputDir = args.outputDir ?? (await openFolder())
  const trainer = new Trainer({
    ...points,
    reportTo: 'none',
    ...options,
    args: { learningRate: 0.05, numTrainEpochs: 2, ...args, outputDir },
  })
  onTestFinished(() => trainer.dispose())
  return trainer
}
