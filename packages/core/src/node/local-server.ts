import { join } from 'node:path'
import { maybeReadText } from './data-directory.ts'

/** Name of the file in a data folder that names the server which serves it. */
export const serverFileName = 'server.json'

/** A server of a data folder whose process lives. */
export interface LocalServer {
  /** Without a slash at its end. */
  readonly url: string
  readonly pid: number
  /** One without a page, which a program started for its questions. */
  readonly isTemporary: boolean
  /** Lets in whoever can read the file; a server that asks for keys takes it in place of one. */
  readonly token: string | undefined
}

/** URL of the page that shows a data folder now, if there is one. */
export function findLocalServerUrl(dataDirectory: string): string | undefined {
  const server = readServerFile(dataDirectory)
  return server?.isTemporary ? undefined : server?.url
}

/** The server that `server.json` of a data folder names, if its process lives. */
export function readServerFile(dataDirectory: string): LocalServer | undefined {
  const content = maybeReadText(join(dataDirectory, serverFileName))
  if (content === undefined) return undefined
  try {
    const { url, pid, isTemporary, token } = JSON.parse(content) as { readonly [field: string]: unknown }
    if (typeof url !== 'string' || !URL.canParse(url) || typeof pid !== 'number' || !isAlive(pid)) return undefined
    return {
      url: url.replace(/\/+$/, ''),
      pid,
      isTemporary: isTemporary === true,
      token: typeof token === 'string' ? token : undefined,
    }
  } catch {
    // The server writes the file in one go, so broken content is not its.
    return undefined
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    // The process of another user is there, but may not be signalled.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
