import type { ArtifactVersionDetail } from '@lossline/protocol'
import type { ConfirmQuestion } from '../shell/confirm-store.ts'
import { usersWords } from './deletion-words.ts'

/** Where an alias points before and after a change; undefined: to no version. */
export interface AliasMove {
  readonly collection: string
  readonly alias: string
  readonly from: Pick<ArtifactVersionDetail, 'version' | 'usedBy' | 'links'> | undefined
  readonly to: string | undefined
}

/** What is asked before a protected alias is given, moved or taken away: from where to where, and who is concerned. */
export function aliasQuestion({ collection, alias, from, to }: AliasMove): ConfirmQuestion {
  const verb = from === undefined ? 'Give' : to === undefined ? 'Remove' : 'Move'
  const users = from && usersWords(from.version, from.usedBy, from.links.length)
  const effect = to === undefined ? 'find no version' : `get ${to}`
  return {
    title: `${verb} the protected alias ${alias}?`,
    lead: `${alias}: ${from?.version ?? 'none'} → ${to ?? 'none'}`,
    text: `${users ? `${users} ` : ''}Programs that ask for ${collection}:${alias} ${effect} from now on.`,
    action: `${verb} ${alias}`,
  }
}

/** Why somebody may not change a protected alias. */
export function protectedWords(entity: string): string {
  return `This alias is protected: only admins of ${entity} may move it.`
}
