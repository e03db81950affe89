import { logout as logOut } from '@lossline/core'
import type { Effects } from '../effects.ts'
import { exitCodes } from '../exit-codes.ts'

/** Arguments of `lossline logout`. */
export interface LogoutArgs {
  /** URL of the server. Default: the one that runs go to, else W&B's. */
  readonly host?: string
  readonly json?: boolean
}

/** Forgets the stored key of a server. */
export async function logout(args: LogoutArgs, effects: Effects): Promise<number> {
  const result = await logOut(args.host === undefined ? {} : { baseUrl: args.host })
  if (args.json === true) effects.print(JSON.stringify(result))
  else if (result.wasStored) effects.print(`Logged out at ${result.baseUrl}: the key is no longer on this machine.`)
  else effects.print(`No key of ${result.baseUrl} was stored.`)
  return exitCodes.success
}
