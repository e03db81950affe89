import { Artifact } from '@lossline/core'
import { messageOf } from '@lossline/core/adapter'
import type { ReportProblem } from '../problems.ts'
import type { FileRun } from '../run-like.ts'
import { describeModel } from './describe-model.ts'
import type { ModelMetadata } from './model-metadata.ts'
import { baseName, externalPath } from './node/model-file.ts'

/** A model in a file, or in memory. */
export interface ModelSource {
  readonly path?: string
  readonly bytes?: Uint8Array
}

/** What a model is to a run. */
export type ModelRole = 'input' | 'output'

/** How a model is logged. */
export interface LogModelFileOptions {
  readonly run: FileRun
  readonly role: ModelRole
  /** Default: the file's name without its ending. */
  readonly name: string | undefined
  readonly aliases: readonly string[]
  readonly metadata: ModelMetadata | undefined
  readonly report: ReportProblem
}

/**
 * Logs a model with its files of weights as an artifact of the type `model`. When the promise resolves the files may change. Never
 * rejects.
 */
export async function logModelFile(source: ModelSource, options: LogModelFileOptions): Promise<void> {
  const { run, role, aliases, metadata, report } = options
  try {
    const fileName = source.path === undefined ? 'model.onnx' : baseName(source.path)
    const name = options.name ?? fileName.replace(/\.\w+$/, '').replaceAll(/[^\w.-]/g, '-')
    const artifact = new Artifact(name, 'model', {
      metadata: { framework: 'onnx', ...(metadata === undefined ? {} : describeModel(metadata)) },
    })
    artifact.aliases = aliases
    await addFiles(artifact, fileName, source, metadata)
    if (role === 'output') run.logArtifact(artifact)
    else await run.useArtifact(artifact)
  } catch (cause) {
    report({
      code: 'onnx-model-not-logged',
      message: `The model's file was not logged: ${messageOf(cause)}`,
      hint: 'The session works all the same. Pass logModel: false where it need not be logged.',
      cause,
    })
  }
}

async function addFiles(
  artifact: Artifact,
  fileName: string,
  { path, bytes }: ModelSource,
  metadata: ModelMetadata | undefined,
): Promise<void> {
  if (path === undefined) {
    if (bytes !== undefined) await artifact.addBuffer(bytes, fileName)
    return
  }
  await artifact.addFile(path, { name: fileName })
  for (const { location, sizeBytes } of metadata?.externalData ?? []) {
    const external = externalPath(path, location)
    if (external !== undefined && sizeBytes !== undefined) await artifact.addFile(external, { name: location })
  }
}
