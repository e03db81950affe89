import type { AccountRow } from '@lossline/store'
import type { WandbContext, WandbServices, WireObject } from '../context.ts'
import { toConnection } from '../pages.ts'
import { toWireEntity, toWireUser, toWireViewer } from './wire-account.ts'

/** Who asks, and who else there is. */
export function createAccountQueries(services: WandbServices): WireObject {
  return {
    viewer: (_: unknown, context: WandbContext) => toWireViewer(context.identity, services),
    entity: async (args: { name: string }) => {
      const level = await services.levelOf(args.name)
      const isKnown = level !== undefined && (level !== 'none' || (await services.store.projects(args.name)).length > 0)
      return isKnown ? toWireEntity(args.name, services) : null
    },
    users: async (
      args: { query?: string | null; first?: number | null; after?: string | null },
      { identity }: WandbContext,
    ) => {
      const people = (await services.store.accounts.accounts()).filter(({ kind }) => kind !== 'team')
      // Without accounts there is whoever asks.
      if (people.length === 0 && identity.account === undefined && identity.username.includes(args.query ?? ''))
        return toConnection([identity], args, () => toWireViewer(identity, services))
      return toConnection(selectUsers(people, args.query ?? ''), args, (account) => toWireUser(account, services))
    },
    organization: () => null,
  }
}

/** Those of the name or address come first: W&B's client takes the first one for the one that was meant. */
function selectUsers(people: readonly AccountRow[], query: string): readonly AccountRow[] {
  const wanted = query.toLowerCase()
  const isExact = ({ name, email }: AccountRow): boolean => [name.toLowerCase(), email.toLowerCase()].includes(wanted)
  const contains = ({ name, email }: AccountRow): boolean =>
    name.toLowerCase().includes(wanted) || email.toLowerCase().includes(wanted)
  const found = people.filter(contains)
  return [...found.filter(isExact), ...found.filter((account) => !isExact(account))]
}
