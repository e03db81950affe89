import type { EntityRole } from '@lossline/protocol'
import type { AccountReads } from '../../accounts/account-reads.ts'
import type {
  AccountKind,
  AccountRow,
  ApiKeyRow,
  ApiKeyScope,
  InviteRow,
  MemberRow,
} from '../../accounts/account-rows.ts'
import type { Connection } from '../connection.ts'
import { fromWholeText, wholeColumn, withWholeTexts } from '../whole-text.ts'

/** {@link AccountReads} without promises. */
export type AccountReader = {
  readonly [M in keyof AccountReads]: (...given: Parameters<AccountReads[M]>) => Awaited<ReturnType<AccountReads[M]>>
}

interface AccountRecord {
  readonly id: number
  readonly name: string
  readonly kind: string
  readonly email: unknown
  readonly is_admin: number
  readonly created_at_ms: number
}

interface ApiKeyRecord {
  readonly id: number
  readonly account: number
  readonly digest: Uint8Array
  readonly prefix: string
  readonly description: unknown
  readonly scope: string
  readonly created_at_ms: number
  readonly last_used_at_ms: number | null
}

interface MemberRecord {
  readonly id: number
  readonly team: number
  readonly user: number
  readonly role: string
  readonly created_at_ms: number
}

// Of two columns with one name the later one counts.
const selectAccount = `SELECT *, ${wholeColumn('email')} FROM account`
const selectKey = `SELECT *, ${wholeColumn('description')} FROM api_key`

export function createAccountReader(connection: Connection): AccountReader {
  const accountById = (id: number): AccountRow | undefined => {
    const record = connection.get<AccountRecord>(`${selectAccount} WHERE id = ?`, id)
    return record && toAccount(record)
  }
  // Rows refer to accounts that exist: the tables say so.
  const toKey = (record: ApiKeyRecord): ApiKeyRow => ({
    id: record.id,
    account: accountById(record.account)!,
    digest: record.digest,
    prefix: record.prefix,
    description: fromWholeText(record.description),
    // Only put-api-key writes it.
    scope: record.scope as ApiKeyScope,
    createdAtMs: record.created_at_ms,
    lastUsedAtMs: record.last_used_at_ms ?? undefined,
  })
  const toMember = (record: MemberRecord): MemberRow => ({
    id: record.id,
    team: accountById(record.team)!,
    user: accountById(record.user)!,
    role: record.role as EntityRole,
    createdAtMs: record.created_at_ms,
  })
  const findKey = (condition: string, value: number | Uint8Array): ApiKeyRow | undefined => {
    const record = connection.get<ApiKeyRecord>(`${selectKey} WHERE ${condition} = ?`, value)
    return record && toKey(record)
  }

  return {
    accountById,
    account: (name) => {
      const record = connection.get<AccountRecord>(`${selectAccount} WHERE name = ?`, name)
      return record && toAccount(record)
    },
    accounts: () => connection.all<AccountRecord>(`${selectAccount} ORDER BY name`).map(toAccount),
    keyByDigest: (digest) => findKey('digest', digest),
    keyById: (id) => findKey('id', id),
    keys: (account) => connection.all<ApiKeyRecord>(`${selectKey} WHERE account = ? ORDER BY id`, account).map(toKey),
    members: (team) =>
      connection.all<MemberRecord>('SELECT * FROM member WHERE team = ? ORDER BY id', team).map(toMember),
    memberById: (id) => {
      const record = connection.get<MemberRecord>('SELECT * FROM member WHERE id = ?', id)
      return record && toMember(record)
    },
    memberships: (user) =>
      connection
        .all<MemberRecord>(
          'SELECT member.* FROM member JOIN account ON account.id = team WHERE user = ? ORDER BY name',
          user,
        )
        .map(toMember),
    invites: (query) => {
      const columns = `SELECT id, team, ${wholeColumn('email')}, role, created_at_ms AS createdAtMs FROM invite`
      const rows =
        'team' in query
          ? connection.all<InviteRow>(`${columns} WHERE team = ? ORDER BY id`, query.team)
          : connection.all<InviteRow>(`${columns} WHERE email = ? ORDER BY id`, query.email)
      return rows.map((row) => withWholeTexts(row, ['email']))
    },
  }
}

function toAccount(record: AccountRecord): AccountRow {
  return {
    id: record.id,
    name: record.name,
    // Only put-account writes it.
    kind: record.kind as AccountKind,
    email: fromWholeText(record.email),
    isAdmin: record.is_admin !== 0,
    createdAtMs: record.created_at_ms,
  }
}
