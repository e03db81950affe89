import { toPageUrl } from '../run/run-url.ts'
import type { ServerConnection, ServerPlace } from '../server/server-connection.ts'
import { withSignal } from '../server/with-signal.ts'
import { chooseDestination } from '../settings/choose-destination.ts'
import type { Settings } from '../settings/settings.ts'
import type { ApiContext, ApiPlatform } from './api-context.ts'
import { ApiClosedError, EntityUnknownError } from './api-errors.ts'
import { fetchContent } from './fetch-content.ts'
import { limitAnswers } from './limit-answers.ts'
import { readViewer } from './viewer.ts'

/** A context that holds a connection, made with the first request. */
export interface OpenApiContext extends ApiContext {
  /** Ends the connection, if there is one. */
  close(): Promise<void>
}

/** How an Api's settings decide whom it asks. */
export interface ApiDestination {
  readonly settings: Settings
  /** Whether the program itself named a folder, and no server. */
  readonly isLocalWanted: boolean
  /** Whether the program itself named a server or a key, which a mode in the environment does not undo. */
  readonly isRemoteWanted: boolean
  readonly timeoutMs: number | undefined
}

/** Makes the context of an Api. Nothing is asked and nothing opened yet. */
export function openApiContext(platform: ApiPlatform, destination: ApiDestination): OpenApiContext {
  const { settings, timeoutMs } = destination
  const place = choosePlace(platform, destination)
  const placeName = place.kind === 'remote' ? place.baseUrl : place.dataDirectory
  let isClosed = false
  let opening: Promise<ServerConnection> | undefined
  let opened: ServerConnection | undefined
  let entityOfUser: string | undefined

  const connection = async (): Promise<ServerConnection> => {
    if (isClosed) throw new ApiClosedError(placeName)
    opening ??= platform.connect(place).then(
      (found) => (opened = limitAnswers(found, placeName, timeoutMs)),
      (error: unknown) => {
        // The next call may have more luck: somebody may have started a server meanwhile.
        opening = undefined
        throw error
      },
    )
    return opening
  }

  /** The answer; what is on its way when the Api is closed ends with the connection. */
  const orClosed = <Answer>(answer: Promise<Answer>): Promise<Answer> =>
    answer.catch((error: unknown) => {
      throw isClosed && !(error instanceof ApiClosedError) ? new ApiClosedError(placeName, error) : error
    })

  const ask: ApiContext['ask'] = async (operationName, query, variables, { signal } = {}) =>
    orClosed(withSignal(await connection(), signal).graphql(operationName, query, variables))

  const locateEntity: ApiContext['locateEntity'] = async (entity, options = {}) => {
    const known = entity ?? settings.entity ?? entityOfUser
    if (known !== undefined) return known
    entityOfUser = (await readViewer(ask, options))?.entity
    if (entityOfUser === undefined) throw new EntityUnknownError(placeName)
    return entityOfUser
  }

  return {
    localFiles: platform.localFiles,
    versions: {
      files: platform.artifactFiles,
      dataDirectory: place.kind === 'local' ? place.dataDirectory : undefined,
      indexDirectory: platform.findDataDirectory(settings),
      connect: connection,
      defaults: () => ({ entity: settings.entity, project: settings.project ?? platform.defaultProjectName(settings) }),
      warn: platform.print,
    },
    placeName,
    ask,
    fetch: async (url, init) => {
      const shown = place.kind === 'local' ? withoutOrigin(url, placeName) : url
      return orClosed(fetchContent(await connection(), url, { ...init, shown }))
    },
    pageUrl: (path) => {
      const baseUrl = opened?.pageBaseUrl ?? (place.kind === 'remote' ? place.baseUrl : undefined)
      return baseUrl === undefined ? undefined : [toPageUrl(baseUrl), ...path.map(encodeURIComponent)].join('/')
    },
    locateEntity,
    locate: async ({ entity, project }, options = {}) => ({
      entity: await locateEntity(entity, options),
      project: project ?? settings.project ?? platform.defaultProjectName(settings),
    }),
    async close() {
      isClosed = true
      const closing = opening
      opening = undefined
      await (await closing?.catch(() => undefined))?.close()
    },
  }
}

function choosePlace(platform: ApiPlatform, { settings, isLocalWanted, isRemoteWanted }: ApiDestination): ServerPlace {
  const { mode, ...rest } = settings
  if (!isLocalWanted) {
    const destination = chooseDestination(isRemoteWanted ? rest : settings, platform.findStoredApiKey)
    if (destination.mode === 'online') {
      return { kind: 'remote', baseUrl: destination.baseUrl, apiKey: destination.apiKey }
    }
  }
  return { kind: 'local', dataDirectory: platform.findDataDirectory(settings) }
}

/** An address of a data folder's server, which may be gone when the message is read. */
function withoutOrigin(url: string, placeName: string): string {
  return `${url.replace(/^https?:\/\/[^/]+/, '')} of ${placeName}`
}
