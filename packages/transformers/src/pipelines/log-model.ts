import { Artifact, type ArtifactVersion } from '@lossline/core'
import { TransformersOptionError } from '../errors.ts'
import { findModelFolder, readModelFiles } from '../node/model-files.ts'
import type { ModelRun } from '../runs/run-like.ts'
import { describeModelFiles } from './describe-pipeline.ts'

/** How a folder of a model is logged. */
export interface LogModelOptions {
  readonly run: ModelRun
  /** Name of the artifact. Default: that of the folder. */
  readonly name?: string | undefined
  /** Names of the version beside `latest`. */
  readonly aliases?: readonly string[] | undefined
  /** More about it, beside what this package knows. */
  readonly metadata?: Readonly<Record<string, unknown>> | undefined
}

/**
 * Logs the folder of a model in the layout of transformers.js (`config.json`, `tokenizer.json`, `onnx/…`) as an artifact of
 * the type `model`. Its metadata hold the size and SHA-256 of each file.
 *
 * @param folder - Path of the folder.
 * @throws TransformersOptionError when there is no `config.json` in it; what the file system throws.
 * @example await logModel('models/ticket-classifier', { run, aliases: ['production'] })
 */
export async function logModel(folder: string, options: LogModelOptions): Promise<ArtifactVersion> {
  const found = await findModelFolder([folder])
  if (found === undefined) {
    throw new TransformersOptionError(`There is no model in "${folder}".`, 'Pass the folder that holds config.json.')
  }
  const files = await readModelFiles(found)
  const name = options.name ?? nameOfFolder(found)
  const metadata = { framework: 'transformers.js', ...options.metadata, ...describeModelFiles(files) }
  const artifact = new Artifact(name, 'model', { metadata })
  await artifact.addDir(found)
  return options.run.logArtifact(artifact, { aliases: options.aliases ?? [] })
}

function nameOfFolder(folder: string): string {
  const name = folder.split(/[/\\]/).findLast((part) => part !== '') ?? 'model'
  return name.replaceAll(/[^\w.-]/g, '-')
}
