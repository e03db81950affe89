import { Hono } from 'hono'
import type { AppEnvironment } from '../http/app-environment.ts'
import { readBody } from '../http/read-body.ts'
import { createArtifactRoutes } from './artifacts/artifact-routes.ts'
import { createArtifactWire } from './artifacts/artifact-wire.ts'
import type { WandbServices } from './context.ts'
import { createFileStreamRoutes } from './file-stream.ts'
import { createAnswerGraphQL } from './graphql.ts'
import { readWriter } from './read-writer.ts'
import { createRootValue } from './root-value.ts'
import { createUploadRoutes } from './upload-routes.ts'

/** Configs can be megabytes, and the client's self-test posts 10 MB. */
const graphQLBytesMax = 64 * 2 ** 20

/** Everything that W&B's client asks for. */
export function createWandbRoutes(given: Omit<WandbServices, 'artifactWire'>): Hono<AppEnvironment> {
  const services: WandbServices = { ...given, artifactWire: createArtifactWire(() => services) }
  const answer = createAnswerGraphQL(createRootValue(services), services.log)
  const app = new Hono<AppEnvironment>()

  app.post('/graphql', async (c) => {
    const text = (await readBody(c.req.raw, graphQLBytesMax)).toString('utf8')
    const baseUrl = new URL(c.req.url).origin
    const { status, body } = await answer(text, {
      identity: c.get('identity'),
      baseUrl,
      writer: readWriter(c.req.raw.headers),
    })
    return Response.json(body, { status })
  })
  app.route('/', createFileStreamRoutes(services))
  app.route('/', createUploadRoutes(services))
  app.route('/', createArtifactRoutes(services))
  return app
}
