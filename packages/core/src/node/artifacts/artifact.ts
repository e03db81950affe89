import { ArtifactDraft } from '../../artifacts/artifact-draft.ts'
import type { ArtifactOptions } from '../../artifacts/artifact-options.ts'
import { nodeArtifactFiles } from './node-artifact-files.ts'

/**
 * A new version of an artifact: files and references under a name, such as a data set or a model. Put it together with
 * `addFile`, `addDir`, `addBuffer`, `addReference` and `add`, then log it with `run.logArtifact`.
 *
 * The same contents under the same paths are the same version, whoever logs them.
 *
 * @param name - 1…128 of `a-z A-Z 0-9 _ - .`. All versions of an artifact have one name.
 * @param type - What it is, such as `'dataset'` or `'model'`; no `/` and `:`. All versions of a name have one type.
 * @throws {@link ProtocolError} `invalid-name`, {@link ArtifactError} `artifact-invalid`.
 * @example
 * const model = new Artifact('digits-cnn', 'model', { metadata: { framework: 'tfjs' } })
 * await model.addFile('model.json')
 * const version = run.logArtifact(model, { aliases: ['best'] })
 */
export class Artifact extends ArtifactDraft {
  constructor(name: string, type: string, options: ArtifactOptions = {}) {
    super(name, type, options, nodeArtifactFiles)
  }
}
