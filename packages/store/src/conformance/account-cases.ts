import { describe, expect, test } from 'vitest'
import type { AccountRow, Store } from '../index.ts'
import { putArtifact } from './artifact-samples.ts'
import { type CreateStorePlace, nowMs, openTestStore } from './store-place.ts'

/** Users, teams and keys. */
export function describeAccounts(createPlace: CreateStorePlace): void {
  const digest = (fill: number): Uint8Array => new Uint8Array(32).fill(fill)

  async function putAccount(store: Store, name: string, accountKind: AccountRow['kind'] = 'user'): Promise<AccountRow> {
    const [{ account }] = await store.write([{ kind: 'put-account', name, accountKind, nowMs }])
    return account
  }

  describe('accounts', () => {
    test('are made once, and changed field by field', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const alice = { kind: 'put-account', name: 'alice', accountKind: 'user', nowMs } as const
      const [made, changed, kept] = await store.write([
        { ...alice, email: 'alice@example.org' },
        { ...alice, isAdmin: true, nowMs: nowMs + 1 },
        { ...alice, nowMs: nowMs + 2 },
      ])
      expect(made).toMatchObject({ isCreated: true, account: { name: 'alice', kind: 'user', isAdmin: false } })
      const expected = { ...made.account, email: 'alice@example.org', isAdmin: true, createdAtMs: nowMs }
      expect(changed).toEqual({ isCreated: false, account: expected })
      expect(kept).toEqual({ isCreated: false, account: expected })
      await test.reopen()
      expect(await test.store.accounts.account('alice')).toEqual(expected)
      expect(await test.store.accounts.accountById(expected.id)).toEqual(expected)
      expect(await test.store.accounts.account('bob')).toBeUndefined()
    })

    test('of different kinds share no name', async () => {
      await using test = await openTestStore(createPlace)
      await putAccount(test.store, 'lab', 'team')
      await expect(putAccount(test.store, 'lab')).rejects.toMatchObject({ code: 'conflict' })
      await putAccount(test.store, 'alice')
      expect((await test.store.accounts.accounts()).map(({ name, kind }) => `${kind} ${name}`)).toEqual([
        'user alice',
        'team lab',
      ])
    })

    test('have keys, which are found by their digest', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const [alice, bob] = [await putAccount(store, 'alice'), await putAccount(store, 'bob')]
      const put = (account: AccountRow, fill: number) =>
        store.write([
          {
            kind: 'put-api-key',
            account: account.id,
            digest: digest(fill),
            prefix: 'abcd',
            description: 'laptop',
            scope: fill === 2 ? 'read' : 'write',
            nowMs,
          },
        ])
      const [{ key, isCreated }] = await put(alice, 1)
      expect(isCreated).toBe(true)
      expect(key).toEqual({
        id: key.id,
        account: alice,
        digest: key.digest,
        prefix: 'abcd',
        description: 'laptop',
        scope: 'write',
        createdAtMs: nowMs,
        lastUsedAtMs: undefined,
      })
      expect(new Uint8Array(key.digest)).toEqual(digest(1))
      expect((await put(alice, 1))[0]).toMatchObject({ isCreated: false, key: { id: key.id } })
      await expect(put(bob, 1)).rejects.toMatchObject({ code: 'conflict' })
      await put(alice, 2)
      expect(await store.accounts.keyByDigest(digest(1))).toEqual(key)
      expect(await store.accounts.keyById(key.id)).toEqual(key)
      expect(await store.accounts.keyByDigest(digest(3))).toBeUndefined()
      expect((await store.accounts.keys(alice.id)).map(({ scope }) => scope)).toEqual(['write', 'read'])
      expect(await store.accounts.keys(bob.id)).toEqual([])
      await store.write([{ kind: 'delete-api-key', key: key.id }])
      expect(await store.accounts.keyByDigest(digest(1))).toBeUndefined()
      await expect(store.write([{ kind: 'delete-api-key', key: key.id }])).rejects.toMatchObject({ code: 'not-found' })
    })

    test('have keys that tell when they were used last', async () => {
      await using test = await openTestStore(createPlace)
      const alice = await putAccount(test.store, 'alice')
      const [{ key }] = await test.store.write([
        {
          kind: 'put-api-key',
          account: alice.id,
          digest: digest(1),
          prefix: '',
          description: '',
          scope: 'read',
          nowMs,
        },
      ])
      const use = (of: number, atMs: number) => test.store.write([{ kind: 'use-api-key', key: of, nowMs: atMs }])
      await use(key.id, nowMs + 2000)
      // Two that were on their way at once may arrive in any order.
      await use(key.id, nowMs + 1000)
      await test.reopen()
      expect(await test.store.accounts.keyById(key.id)).toMatchObject({ scope: 'read', lastUsedAtMs: nowMs + 2000 })
      // It may be taken away while it is used.
      await test.store.write([{ kind: 'delete-api-key', key: key.id }])
      await use(key.id, nowMs + 3000)
      expect(await test.store.accounts.keys(alice.id)).toEqual([])
    })

    test('belong to teams', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const [alice, zoo, lab] = [
        await putAccount(store, 'alice'),
        await putAccount(store, 'zoo', 'team'),
        await putAccount(store, 'lab', 'team'),
      ]
      const put = (team: AccountRow, role: 'admin' | 'member' | 'reader') =>
        store.write([{ kind: 'put-member', team: team.id, user: alice.id, role, nowMs }])
      const [{ member }] = await put(zoo, 'reader')
      expect(member).toMatchObject({ team: zoo, user: alice, role: 'reader' })
      await put(lab, 'admin')
      await put(zoo, 'member')
      const teams = (await store.accounts.memberships(alice.id)).map(({ team, role }) => `${team.name} ${role}`)
      expect(teams).toEqual(['lab admin', 'zoo member'])
      expect(await store.accounts.members(zoo.id)).toEqual([{ ...member, role: 'member' }])
      expect(await store.accounts.memberById(member.id)).toMatchObject({ role: 'member' })
      await store.write([{ kind: 'delete-member', member: member.id }])
      expect(await store.accounts.members(zoo.id)).toEqual([])
    })

    test('may be invited before they exist', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const lab = await putAccount(store, 'lab', 'team')
      const put = (email: string, role: 'member' | 'reader') =>
        store.write([{ kind: 'put-invite', team: lab.id, email, role, nowMs }])
      const [{ invite }] = await put('bob@example.org', 'member')
      await put('bob@example.org', 'reader')
      await put('eve@example.org', 'member')
      expect(await store.accounts.invites({ email: 'bob@example.org' })).toEqual([{ ...invite, role: 'reader' }])
      expect(await store.accounts.invites({ team: lab.id })).toHaveLength(2)
      await store.write([{ kind: 'delete-invite', invite: invite.id }])
      expect(await store.accounts.invites({ email: 'bob@example.org' })).toEqual([])
    })

    test('go with everything that hangs on them', async () => {
      await using test = await openTestStore(createPlace)
      const { store } = test
      const [alice, lab] = [await putAccount(store, 'alice'), await putAccount(store, 'lab', 'team')]
      await store.write([
        {
          kind: 'put-api-key',
          account: alice.id,
          digest: digest(1),
          prefix: '',
          description: '',
          scope: 'write',
          nowMs,
        },
        { kind: 'put-member', team: lab.id, user: alice.id, role: 'member', nowMs },
        { kind: 'put-invite', team: lab.id, email: 'b@example.org', role: 'member', nowMs },
      ])
      await store.write([{ kind: 'delete-account', account: alice.id }])
      expect(await store.accounts.account('alice')).toBeUndefined()
      expect(await store.accounts.keyByDigest(digest(1))).toBeUndefined()
      expect(await store.accounts.members(lab.id)).toEqual([])
      await store.write([{ kind: 'delete-account', account: lab.id }])
      expect(await store.accounts.invites({ email: 'b@example.org' })).toEqual([])
      await expect(store.write([{ kind: 'delete-account', account: lab.id }])).rejects.toMatchObject({
        code: 'not-found',
      })
    })
  })

  test('projects have a description, an access, tags and protected aliases', async () => {
    await using test = await openTestStore(createPlace)
    const { store } = test
    const project = (await store.project('e', 'p'))!
    expect(project).toMatchObject({ description: '', access: 'private', tags: [], protectedAliases: [] })
    expect(await store.projectById(project.id)).toEqual(project)
    const change = { kind: 'change-project', project: project.id, nowMs } as const
    await store.write([{ ...change, description: 'digits' }])
    const [changed] = await store.write([{ ...change, access: 'read' }])
    expect(changed.project).toMatchObject({ description: 'digits', access: 'read', tags: [] })
    const tags = ['vision', 'a "quoted" one', '\u0000\ud800']
    expect((await store.write([{ ...change, tags }]))[0].project.tags).toEqual(tags)
    await store.write([{ ...change, protectedAliases: ['prod', 'a "quoted" one'] }])
    const [again] = await store.write([{ ...change, description: 'letters' }])
    const protectedAliases = ['prod', 'a "quoted" one']
    expect(again.project).toMatchObject({ description: 'letters', access: 'read', tags, protectedAliases })
    expect(await store.projects('e')).toEqual([again.project])
    expect((await store.write([{ ...change, tags: [] }]))[0].project.tags).toEqual([])
    await expect(store.write([{ ...change, project: 999 }])).rejects.toMatchObject({ code: 'not-found' })
  })

  test('a project is the sample from the moment it is made, or never', async () => {
    await using test = await openTestStore(createPlace)
    const { store } = test
    const put = { kind: 'put-project', entity: 'e', isSample: true, nowMs } as const
    const [{ project: other }] = await store.write([{ ...put, name: 'p' }])
    expect(other.sampleLoadedAtMs).toBeNull()
    const [{ project }] = await store.write([{ ...put, name: 'sample' }])
    expect(project.sampleLoadedAtMs).toBe(0)
    const change = { kind: 'change-project', project: project.id, nowMs } as const
    const [loaded] = await store.write([{ ...change, sampleLoadedAtMs: nowMs }])
    expect(loaded.project.sampleLoadedAtMs).toBe(nowMs)
    const [described] = await store.write([{ ...change, description: 'digits' }])
    expect(described.project.sampleLoadedAtMs).toBe(nowMs)
    const again = await store.write([{ ...put, name: 'sample' }])
    expect(again[0].project.sampleLoadedAtMs).toBe(nowMs)
  })

  test('everything says in which project it is', async () => {
    await using test = await openTestStore(createPlace)
    const { store } = test
    const { id: projectId } = (await store.project('e', 'p'))!
    const place = { projectId, entity: 'e', project: 'p', access: 'private' }
    expect(await store.place({ entity: 'e', project: 'p' })).toEqual(place)
    expect(await store.place({ projectId })).toEqual(place)
    expect(await store.place({ run: test.run })).toEqual(place)
    const { id: artifact, sequence } = await putArtifact(store, {
      entries: [{ path: 'a', md5: 'm' }],
      isCommitted: false,
    })
    expect(await store.place({ artifact })).toEqual(place)
    expect(await store.place({ collection: sequence })).toEqual(place)
    const [{ manifest }] = await store.write([
      {
        kind: 'put-artifact-manifest',
        artifact,
        manifest: undefined,
        manifestKind: 'full',
        name: 'wandb_manifest.json',
        digest: '',
        baseArtifact: undefined,
      },
    ])
    expect(await store.place({ manifest: manifest.id })).toEqual(place)
    for (const of of [{ projectId: 999 }, { run: 999 }, { artifact: 999 }, { collection: 999 }, { manifest: 999 }]) {
      expect(await store.place(of)).toBeUndefined()
    }
    expect(await store.place({ entity: 'e', project: 'q' })).toBeUndefined()
  })
}
