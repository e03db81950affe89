import { expectTypeOf } from 'vitest'
import { activeRun, type InitOptions, init, type Run } from '../src/index.ts'

interface TrainingConfig {
  learningRate: number
  optimizer: { name: 'adam' | 'sgd'; momentum?: number }
  layers: number[]
}
declare const typed: TrainingConfig

const inferred = await init({ config: { epochs: 5, optimizer: { name: 'adam' } } })
expectTypeOf(inferred.config.epochs).toEqualTypeOf<number>()
expectTypeOf(inferred.config.optimizer.name).toEqualTypeOf<string>()
expectTypeOf(inferred.config.toJSON()).toEqualTypeOf<{ epochs: number; optimizer: { name: string } }>()
// @ts-expect-error a key that the config does not have
inferred.config.epoch
// @ts-expect-error the wrong type
inferred.config.epochs = 'five'

const run = await init({ config: typed })
expectTypeOf(run).toEqualTypeOf<Run<TrainingConfig>>()
expectTypeOf(run.config.optimizer.name).toEqualTypeOf<'adam' | 'sgd'>()
run.config.update({ optimizer: { momentum: 0.9 } })
run.config.update({ somethingNew: 1 }, { allowValChange: true })
// @ts-expect-error the wrong type, inside
run.config.update({ optimizer: { momentum: 'much' } })

const plain = await init()
expectTypeOf(plain).toEqualTypeOf<Run>()
expectTypeOf(plain.config.anything).toEqualTypeOf<unknown>()
plain.config.anything = 1
plain.summary.best = 0.9
delete plain.summary.best
expectTypeOf(plain.summary.loss).toEqualTypeOf<unknown>()
expectTypeOf(activeRun()).toEqualTypeOf<Run | undefined>()

// What an adapter may ask for: a run with any config.
expectTypeOf(run).toExtend<Run<object>>()
expectTypeOf(inferred).toExtend<Run<object>>()

interface Metrics {
  loss: number
}
declare const metrics: Metrics
expectTypeOf(run.log(metrics)).toEqualTypeOf<void>()
run.log({ loss: 1, nested: { list: [1, 'a'], at: new Date() } }, { step: 3, commit: false })
// @ts-expect-error not an object
run.log(0.5)
// @ts-expect-error a step is a number
run.log({ loss: 1 }, { step: '3' })
expectTypeOf(run.finish()).toEqualTypeOf<Promise<void>>()
expectTypeOf(run).toExtend<AsyncDisposable>()

run.defineMetric('val/*', { stepMetric: 'epoch', summary: ['min', 'max'], goal: 'minimize' })
run.defineMetric('loss', { summary: 'min,max' })
// @ts-expect-error no such statistic
run.defineMetric('loss', { summary: ['median'] })
// @ts-expect-error no such goal
run.defineMetric('loss', { goal: 'up' })

expectTypeOf<InitOptions['mode']>().toEqualTypeOf<'local' | 'online' | 'offline' | 'disabled' | undefined>()
// @ts-expect-error no such mode
await init({ mode: 'shared' })
