import { attempt } from '../attempt.ts'
import type { ModelLike, OptimizerLike } from '../tensorflow-like.ts'

// A config is read by people and sent whole with every change: a model of thousands of layers is cut here.
const summaryCharactersMax = 20_000
const summaryLineLength = 98

/** What the config holds of a model. What a model does not tell is absent. */
export function describeModel(model: ModelLike): Record<string, unknown> {
  return withoutNullish({
    name: model.name,
    parameterCount: attempt(() => model.countParams?.()),
    trainableParameterCount: attempt(() => countTrainable(model)),
    summary: attempt(() => summarize(model)),
  })
}

/** Class and settings of the optimizer, as tfjs names them (`learningRate`, `beta1`, …). */
export function describeOptimizer(optimizer: OptimizerLike): Record<string, unknown> {
  return withoutNullish({
    className: attempt(() => optimizer.getClassName()),
    ...attempt(() => optimizer.getConfig()),
  })
}

/** The learning rate at this moment; `undefined` if the optimizer has none or does not tell. */
export function readLearningRate(model: ModelLike | undefined): number | undefined {
  const config: { learningRate?: unknown } | null | undefined = attempt(() => model?.optimizer?.getConfig())
  return typeof config?.learningRate === 'number' ? config.learningRate : undefined
}

/** Names of losses or metrics, which tfjs takes as names, functions, or lists or objects of these. */
export function describeFunctions(value: unknown): unknown {
  if (typeof value === 'function') return value.name === '' ? '(anonymous function)' : value.name
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map(describeFunctions)
  if (typeof value !== 'object' || value === null) return undefined
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, describeFunctions(member)]))
}

/** The members that tell something: tfjs has `null` for much that is not set. */
export function withoutNullish(members: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined && value !== null))
}

function countTrainable(model: ModelLike): number | undefined {
  const sizes = model.trainableWeights?.map(({ shape }) =>
    shape.reduce<number>((size, length) => size * (length ?? 1), 1),
  )
  return sizes?.reduce((sum, size) => sum + size, 0)
}

function summarize(model: ModelLike): string | undefined {
  const lines: string[] = []
  model.summary?.(summaryLineLength, undefined, (line) => lines.push(line.trimEnd()))
  if (lines.length === 0) return undefined
  const text = lines.join('\n')
  return text.length <= summaryCharactersMax ? text : `${text.slice(0, summaryCharactersMax)}\n…`
}
