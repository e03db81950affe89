// A user's program, as strict TypeScript: only its types are checked.
import type { Run } from 'lossline'
import * as lossline from 'lossline'

interface Settings {
  learningRate: number
  optimizer: { name: 'sgd' | 'adam' }
}

export async function train(settings: Settings): Promise<number> {
  const run = await lossline.init({ project: 'packed', tags: ['a', 'b'], config: settings })
  run.defineMetric('val/*', { stepMetric: 'epoch', summary: 'max' })
  const rate: number = run.config.learningRate
  const name: 'sgd' | 'adam' = run.config.optimizer.name
  run.log({ 'train/loss': rate, nested: { name } })
  run.log({ 'val/accuracy': 0.5, epoch: 1 }, { step: 3, commit: true })
  await end(run)
  return run.step
}

async function end(run: Pick<Run, 'finish'>): Promise<void> {
  await run.finish({ exitCode: 0 })
}

export async function misuse(): Promise<void> {
  const run = await lossline.init({ config: { epochs: 5 } })
  // @ts-expect-error: the config has no such key.
  run.config.epoch
  // @ts-expect-error: a metric needs a name.
  run.log(0.5)
  // @ts-expect-error: there is no such mode.
  await lossline.init({ mode: 'sometimes' })
}
