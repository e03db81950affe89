// Logs a folder as an artifact and exits before it is read.
import { Artifact, init } from '@lossline/core'

const run = await init({ mode: 'offline' })
const artifact = new Artifact('large', 'dataset')
void artifact.addDir(process.argv[2] ?? '')
run.logArtifact(artifact)
process.exit(0)
