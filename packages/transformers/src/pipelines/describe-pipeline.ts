import { withoutUndefined } from '@lossline/core/adapter'
import type { ModelFiles } from '../node/model-files.ts'
import { type EnvironmentLike, isRecord, type PipelineLike } from '../transformers-like.ts'
import type { ModelLoad } from './load-observer.ts'

/** What is known of a pipeline from outside. */
export interface PipelineOrigin {
  readonly modelName: string | undefined
  readonly env: EnvironmentLike | undefined
  readonly load: ModelLoad | undefined
}

const listedLabelsMax = 100

const modelConfigKeys = [
  ...['model_type', 'is_encoder_decoder', 'vocab_size', 'max_position_embeddings', 'problem_type'],
  ...['num_hidden_layers', 'n_layer', 'hidden_size', 'n_embd', 'num_attention_heads', 'n_head'],
]

/** A pipeline for the config of a run: task, classes, precision and device of each session, model, versions, load. */
export function describePipeline(pipe: PipelineLike, origin: PipelineOrigin): Record<string, unknown> {
  const { model, tokenizer, processor } = pipe
  const config = model?.config ?? {}
  return withoutUndefined({
    task: pipe.task,
    class: classNameOf(pipe),
    // Some repositories write it into their config.json; a pipeline itself does not remember it.
    model: origin.modelName ?? textOf(config._name_or_path),
    model_class: classNameOf(model),
    tokenizer_class: classNameOf(tokenizer),
    processor_class: classNameOf(processor),
    model_config: pick(config, modelConfigKeys),
    ...describeLabels(config.id2label),
    sessions: describeSessions(pipe),
    transformers_version: origin.env?.version,
    onnxruntime_version: origin.env?.backends?.onnx?.versions?.node ?? origin.env?.backends?.onnx?.versions?.web,
    load_ms: origin.load?.loadMs,
    files: describeFileSizes(origin.load),
    file_bytes: origin.load?.totalBytes,
  })
}

/** All names of a few classes; of many, such as ImageNet's thousand, how many there are. */
function describeLabels(id2label: unknown): Record<string, unknown> {
  if (!isRecord(id2label)) return {}
  const labels = Object.values(id2label).map(String)
  return { label_count: labels.length, ...(labels.length <= listedLabelsMax ? { labels } : {}) }
}

/** Execution providers are names, or objects of settings with a name. */
function nameOfDevice(device: unknown): string | undefined {
  const name = isRecord(device) ? device.name : device
  return typeof name === 'string' ? name : undefined
}

/** The files of a model for the config: size and SHA-256 of each, and a digest of all. */
export function describeModelFiles({ files, totalBytes, digest }: ModelFiles): Record<string, unknown> {
  return {
    files: Object.fromEntries(files.map(({ path, bytes, sha256 }) => [path, { bytes, sha256 }])),
    file_bytes: totalBytes,
    digest,
  }
}

function describeSessions({ model }: PipelineLike): Record<string, unknown> | undefined {
  const sessions = Object.entries(model?.sessions ?? {}).map(([name, { config }]) => {
    return [name, withoutUndefined({ dtype: config?.dtype, device: nameOfDevice(config?.device) })]
  })
  return sessions.length === 0 ? undefined : Object.fromEntries(sessions)
}

function describeFileSizes(load: ModelLoad | undefined): Record<string, { bytes: number }> | undefined {
  if (load === undefined) return undefined
  return Object.fromEntries(Object.entries(load.fileBytes).map(([path, bytes]) => [path, { bytes }]))
}

function pick(config: Readonly<Record<string, unknown>>, keys: readonly string[]): Record<string, unknown> {
  return Object.fromEntries(keys.filter((key) => config[key] !== undefined).map((key) => [key, config[key]]))
}

function classNameOf(value: unknown): string | undefined {
  return value === null || value === undefined ? undefined : value.constructor?.name
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}
