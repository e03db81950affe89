import { Hono } from 'hono'
import type { AppEnvironment } from '../http/app-environment.ts'
import { toBaseUrl } from '../http/base-url.ts'
import { readBody } from '../http/read-body.ts'
import { createArtifactHandlerRoutes, createSignedArtifactRoutes } from './artifacts/artifact-routes.ts'
import { createArtifactWire } from './artifacts/artifact-wire.ts'
import type { WandbServices } from './context.ts'
import { createFileStreamRoutes } from './file-stream.ts'
import type { ExecuteGraphQL } from './graphql.ts'
import { createHistoryExportRoutes } from './history-export-routes.ts'
import { readWriter } from './read-writer.ts'
import { createRootValue } from './root-value.ts'
import { createUploadRoutes } from './upload-routes.ts'

/** Configs can be megabytes, and the client's self-test posts 10 MB. */
const graphQLBytesMax = 64 * 2 ** 20

/** What W&B's services need, and what is the same for every asker. */
export interface CreateWandbRoutesOptions extends Omit<WandbServices, 'artifactWire'> {
  readonly executeGraphQL: ExecuteGraphQL
  /** Where the server is reached, if not where a request says. */
  readonly publicUrl: string | undefined
}

/** What W&B's client asks for with a key. */
export function createWandbRoutes(options: CreateWandbRoutesOptions): Hono<AppEnvironment> {
  const services = tieServices(options)
  const rootValue = createRootValue(services)
  const app = new Hono<AppEnvironment>()

  app.post('/graphql', async (c) => {
    const text = (await readBody(c.req.raw, graphQLBytesMax)).toString('utf8')
    const { status, body } = await options.executeGraphQL(text, rootValue, {
      requestId: c.get('requestId'),
      identity: c.get('identity'),
      baseUrl: toBaseUrl(c.req.raw, options.publicUrl),
      writer: readWriter(c.req.raw.headers),
      heardAtMs: c.env?.heardAtMs,
    })
    return Response.json(body, { status })
  })
  app.route('/', createFileStreamRoutes(services))
  app.route('/', createArtifactHandlerRoutes(services))
  return app
}

/** What W&B's client asks for by signed URLs, without a key. */
export function createSignedRoutes(options: Omit<WandbServices, 'artifactWire'>): Hono<AppEnvironment> {
  const services = tieServices(options)
  const app = new Hono<AppEnvironment>()
  app.route('/', createUploadRoutes(services))
  app.route('/', createSignedArtifactRoutes(services))
  app.route('/', createHistoryExportRoutes(services))
  return app
}

function tieServices(given: Omit<WandbServices, 'artifactWire'>): WandbServices {
  const services: WandbServices = { ...given, artifactWire: createArtifactWire(() => services) }
  return services
}
