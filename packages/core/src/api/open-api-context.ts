import { LosslineError } from '@lossline/protocol'
import { toPageUrl } from '../run/run-url.ts'
import type { ServerConnection, ServerPlace } from '../server/server-connection.ts'
import { chooseDestination } from '../settings/choose-destination.ts'
import type { Settings } from '../settings/settings.ts'
import { type ApiContext, type ApiPlatform, toAskOptions } from './api-context.ts'
import { ContentRefusedError, EntityUnknownError, UnsupportedByServerError } from './api-errors.ts'
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
  let opening: Promise<ServerConnection> | undefined
  let opened: ServerConnection | undefined
  let entityOfUser: string | undefined

  const connection = (): Promise<ServerConnection> => {
    opening ??= platform.connect(place).then(
      (found) => (opened = found),
      (error: unknown) => {
        // The next call may have more luck: somebody may have started a server meanwhile.
        opening = undefined
        throw error
      },
    )
    return opening
  }

  const ask: ApiContext['ask'] = async (operationName, query, variables, options = {}) => {
    try {
      return await (await connection()).graphql(operationName, query, variables, toAskOptions(options, timeoutMs))
    } catch (error) {
      // As everywhere in JavaScript, who gives up gets the reason back.
      options.signal?.throwIfAborted()
      throw isUnknownField(error) ? new UnsupportedByServerError(`"${operationName}"`, placeName, error) : error
    }
  }

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
    async fetch(url, init = {}) {
      const opened = await connection()
      const response = await opened.fetch(url, { ...init, withCredentials: true }).catch((error: unknown) => {
        init.signal?.throwIfAborted()
        throw error
      })
      if (!response.ok) {
        await response.body?.cancel()
        throw new ContentRefusedError(url, response.status)
      }
      return response
    },
    pageUrl: (path) => {
      const baseUrl = opened?.baseUrl ?? (place.kind === 'remote' ? place.baseUrl : undefined)
      return baseUrl === undefined ? undefined : [toPageUrl(baseUrl), ...path.map(encodeURIComponent)].join('/')
    },
    locateEntity,
    locate: async ({ entity, project }, options = {}) => ({
      entity: await locateEntity(entity, options),
      project: project ?? settings.project ?? platform.defaultProjectName(settings),
    }),
    async close() {
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

/** Whether a server says that its schema lacks something of the document. */
function isUnknownField(error: unknown): boolean {
  return (
    LosslineError.isInstance(error) &&
    /Cannot query field|Unknown (argument|type|directive)|is not defined by type/.test(error.message)
  )
}
