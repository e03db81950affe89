import { type LoginStatus, login as logIn, readLoginStatus, readSettings } from '@lossline/core'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'

/** Arguments of `lossline login`. */
export interface LoginArgs {
  /** URL of the server. Default: the one that runs go to, else W&B's. */
  readonly host?: string
  readonly key?: string
  /** Asks for a key although one is known. */
  readonly relogin?: boolean
  /** Only says who is logged in. */
  readonly status?: boolean
  /** false: does not ask the server whether it knows the key. */
  readonly verify: boolean
  readonly json?: boolean
}

/**
 * Stores an API key: the given one, the one in the environment, one from standard input, or one that is asked for.
 *
 * @throws the errors of `login` of the SDK.
 */
export async function login(args: LoginArgs, effects: Effects): Promise<number> {
  const server = {
    ...(args.host === undefined ? {} : { baseUrl: args.host }),
    verify: args.verify,
    signal: effects.stop,
  }
  if (args.status === true) return printStatus(await readLoginStatus(server), args, effects)
  const isKnown = args.key !== undefined || (args.relogin !== true && (await isKeyKnown(args.host)))
  const piped = isKnown ? undefined : await effects.readPipedLine()
  const key = args.key ?? (piped?.trim() || undefined)
  const status = await logIn({
    ...server,
    ...(key === undefined ? {} : { key }),
    ...(args.relogin === undefined ? {} : { relogin: args.relogin }),
  })
  if (args.json === true) effects.print(JSON.stringify(status))
  else if (status.keySource === 'stored') {
    effects.print(`${describe(status)}, with the key that was stored before. --relogin replaces it.`)
  } else effects.print(`${describe(status)}. Runs go there from now on.`)
  return exitCodes.success
}

async function isKeyKnown(host: string | undefined): Promise<boolean> {
  const { keySource } = await readLoginStatus({ ...(host === undefined ? {} : { baseUrl: host }), verify: false })
  return keySource !== undefined
}

function printStatus(status: LoginStatus, { json }: LoginArgs, effects: Effects): number {
  if (json === true) effects.print(JSON.stringify(status))
  else if (status.keySource === undefined) effects.print(`Not logged in at ${status.baseUrl}.`)
  else {
    const isOffline = ['local', 'offline', 'disabled'].includes(readSettings().mode ?? '')
    const origin = status.keySource === 'stored' ? 'stored on this machine' : 'from the settings or the environment'
    effects.print(`${describe(status)}; the key is ${origin}.${isOffline ? ' The setting mode keeps runs here.' : ''}`)
  }
  return status.keySource === undefined ? exitCodes.failure : exitCodes.success
}

function describe({ baseUrl, viewer }: LoginStatus): string {
  const who = viewer?.username ?? viewer?.entity
  return who === undefined ? `Logged in at ${baseUrl}` : `Logged in at ${baseUrl} as ${who}`
}
