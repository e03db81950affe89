import type { AccountRow } from '../../accounts/account-rows.ts'
import type {
  AccountWrite,
  PutAccountWrite,
  PutApiKeyWrite,
  PutInviteWrite,
  PutMemberWrite,
} from '../../accounts/account-writes.ts'
import { StoreError } from '../../errors.ts'
import type { Connection } from '../connection.ts'
import { createAccountReader } from './reader.ts'

/** Does one write; its result is that of `AccountWriteResult` for the write's kind. Within a transaction. */
export function applyAccountWrite(connection: Connection, write: AccountWrite): unknown {
  switch (write.kind) {
    case 'put-account':
      return putAccount(connection, write)
    case 'put-api-key':
      return putApiKey(connection, write)
    case 'put-member':
      return putMember(connection, write)
    case 'put-invite':
      return putInvite(connection, write)
    case 'delete-account':
      return deleteAccount(connection, write.account)
    case 'delete-api-key':
      return deleteOne(connection, 'api_key', write.key)
    case 'use-api-key':
      connection.run(
        'UPDATE api_key SET last_used_at_ms = max(ifnull(last_used_at_ms, ?2), ?2) WHERE id = ?1',
        write.key,
        write.nowMs,
      )
      return undefined
    case 'delete-member':
      return deleteOne(connection, 'member', write.member)
    case 'delete-invite':
      return deleteOne(connection, 'invite', write.invite)
  }
}

function putAccount(connection: Connection, write: PutAccountWrite): { account: AccountRow; isCreated: boolean } {
  const reader = createAccountReader(connection)
  const before = reader.account(write.name)
  if (before !== undefined && before.kind !== write.accountKind) {
    throw new StoreError({ code: 'conflict', message: `There is a ${before.kind} named "${write.name}".` })
  }
  const isAdmin = write.isAdmin ?? before?.isAdmin ?? false
  connection.run(
    `INSERT INTO account (name, kind, email, is_admin, created_at_ms) VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (name) DO UPDATE SET email = excluded.email, is_admin = excluded.is_admin`,
    write.name,
    write.accountKind,
    write.email ?? before?.email ?? '',
    isAdmin ? 1 : 0,
    write.nowMs,
  )
  return { account: reader.account(write.name)!, isCreated: before === undefined }
}

function putApiKey(connection: Connection, write: PutApiKeyWrite) {
  const reader = createAccountReader(connection)
  requireAccount(connection, write.account)
  const before = reader.keyByDigest(write.digest)
  if (before !== undefined) {
    if (before.account.id === write.account) return { key: before, isCreated: false }
    throw new StoreError({ code: 'conflict', message: 'Another account has this key.' })
  }
  connection.run(
    'INSERT INTO api_key (account, digest, prefix, description, scope, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)',
    write.account,
    write.digest,
    write.prefix,
    write.description,
    write.scope,
    write.nowMs,
  )
  return { key: reader.keyByDigest(write.digest)!, isCreated: true }
}

function putMember(connection: Connection, write: PutMemberWrite) {
  requireAccount(connection, write.team)
  requireAccount(connection, write.user)
  connection.run(
    `INSERT INTO member (team, user, role, created_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (team, user) DO UPDATE SET role = excluded.role`,
    write.team,
    write.user,
    write.role,
    write.nowMs,
  )
  return {
    member: createAccountReader(connection)
      .members(write.team)
      .find(({ user }) => user.id === write.user)!,
  }
}

function putInvite(connection: Connection, write: PutInviteWrite) {
  requireAccount(connection, write.team)
  connection.run(
    `INSERT INTO invite (team, email, role, created_at_ms) VALUES (?, ?, ?, ?)
     ON CONFLICT (team, email) DO UPDATE SET role = excluded.role`,
    write.team,
    write.email,
    write.role,
    write.nowMs,
  )
  const invites = createAccountReader(connection).invites({ team: write.team })
  return { invite: invites.find(({ email }) => email === write.email)! }
}

function deleteAccount(connection: Connection, account: number): void {
  requireAccount(connection, account)
  connection.run('DELETE FROM api_key WHERE account = ?', account)
  connection.run('DELETE FROM member WHERE team = ?1 OR user = ?1', account)
  connection.run('DELETE FROM invite WHERE team = ?', account)
  connection.run('DELETE FROM account WHERE id = ?', account)
}

function deleteOne(connection: Connection, table: 'api_key' | 'member' | 'invite', id: number): void {
  if (connection.run(`DELETE FROM ${table} WHERE id = ?`, id) > 0) return
  throw new StoreError({ code: 'not-found', message: `There is no ${table.replace('_', ' ')} with the id ${id}.` })
}

function requireAccount(connection: Connection, id: number): void {
  if (connection.get('SELECT 1 FROM account WHERE id = ?', id) !== undefined) return
  throw new StoreError({ code: 'not-found', message: `There is no account with the id ${id}.` })
}
