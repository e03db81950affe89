import { artifactMutationsSchema } from './artifact-mutations.ts'
import { artifactsSchema } from './artifacts.ts'
import { commonSchema } from './common.ts'
import { filesSchema } from './files.ts'
import { projectsSchema } from './projects.ts'
import { runsSchema } from './runs.ts'
import { sweepsSchema } from './sweeps.ts'
import { viewerSchema } from './viewer.ts'
import { viewsSchema } from './views.ts'

/**
 * The part of W&B's GraphQL that this server answers. A field that is not here fails in validation: HTTP 400 and a message,
 * which W&B's client reports at once. Nullability is the loosest that its documents accept; ids that it declares as
 * `String` stay `String`.
 */
export const schemaText: string = [
  commonSchema,
  viewerSchema,
  projectsSchema,
  runsSchema,
  filesSchema,
  artifactsSchema,
  artifactMutationsSchema,
  viewsSchema,
  sweepsSchema,
].join('\n')
