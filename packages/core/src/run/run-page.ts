import type { RunAddress, SyncOutcome } from '@lossline/journal'
import type { Destination } from '../settings/choose-destination.ts'
import type { RunFacts } from './run-records.ts'
import { findRunUrl, toPageUrl } from './run-url.ts'

/** Where people can look at a run, and what can be said of that. */
export interface RunPage {
  /** Address of the page, as far as it is known. */
  readonly url: string | undefined
  /** What to say when the run has begun; `undefined`: nothing. */
  readonly startLine: string | undefined
  /**
   * The server has taken the run in.
   *
   * @returns what to say of it.
   */
  acknowledge(run: RunAddress): string
  /**
   * What to say when the run is over; `undefined`: nothing.
   *
   * @param sync - What became of the sending, in online mode.
   */
  describeEnd(sync: SyncOutcome | undefined): string | undefined
}

/** What a page is looked for with. */
export interface CreateRunPageOptions {
  readonly destination: Destination
  readonly facts: Pick<RunFacts, 'entity' | 'project' | 'id'>
  readonly runDirectory: string
  /** The data folder, if `lossline serve` in the working directory would not find it by itself. */
  readonly otherDataDirectory: string | undefined
  findLocalServerUrl(): string | undefined
}

/** Nothing is said to be on a server before that server has said so. */
export function createRunPage(options: CreateRunPageOptions): RunPage {
  const { destination, facts, runDirectory, otherDataDirectory, findLocalServerUrl } = options
  let acknowledged: RunAddress | undefined

  /** The server may have put the run elsewhere than it was asked to. */
  const findUrl = (): string | undefined =>
    findRunUrl(destination, { ...facts, ...(acknowledged && placeOf(acknowledged)) }, findLocalServerUrl)

  const shownAt = (): string | undefined => {
    const url = findUrl()
    return url === undefined ? undefined : `it is shown at ${url}`
  }

  return {
    get url() {
      return findUrl()
    },
    get startLine() {
      if (destination.mode === 'online' && acknowledged === undefined)
        return `it will be sent to ${toPageUrl(destination.baseUrl)}`
      return shownAt()
    },
    acknowledge(run) {
      acknowledged = run
      // With the server's own entity the address is known.
      return shownAt() ?? 'the server has taken it in'
    },
    describeEnd(sync) {
      switch (destination.mode) {
        case 'local':
          return shownAt() ?? `to see it: npx lossline serve${optionOf(otherDataDirectory)}`
        case 'online':
          if (acknowledged === undefined) return undefined
          return sync?.isComplete === true ? shownAt() : shownAt()?.replace('it is', 'what was sent is')
        case 'offline':
          return `to send it: npx lossline sync ${quote(runDirectory)}`
        default:
          return undefined
      }
    },
  }
}

function placeOf({ entity, project, runId }: RunAddress): Pick<RunFacts, 'entity' | 'project' | 'id'> {
  return { entity, project, id: runId }
}

function optionOf(dataDirectory: string | undefined): string {
  return dataDirectory === undefined ? '' : ` --data-dir ${quote(dataDirectory)}`
}

/** As a shell takes it: Windows' knows double quotes only, and its paths hold none; in those of others `$` means something. */
function quote(path: string): string {
  if (/^[A-Za-z]:\\|^\\\\/.test(path)) return /^[\w@+=:,./\\-]+$/.test(path) ? path : `"${path}"`
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", "'\\''")}'`
}
