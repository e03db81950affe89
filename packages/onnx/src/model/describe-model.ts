import type { ModelMetadata } from './model-metadata.ts'

/** What the config of a run and the metadata of an artifact say of a model: inputs and outputs are those of its session. */
export function describeModel(metadata: ModelMetadata): Readonly<Record<string, unknown>> {
  const { inputs: _inputs, outputs: _outputs, externalData, ...rest } = metadata
  const totalBytes = externalData.reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, metadata.sizeBytes)
  const files = externalData.map(({ location, sizeBytes = null }) => ({ location, sizeBytes }))
  return { ...rest, ...(files.length === 0 ? {} : { externalData: files }), totalBytes }
}
