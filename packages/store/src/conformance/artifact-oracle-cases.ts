import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Store } from '../store.ts'
import { putArtifact } from './artifact-samples.ts'
import { exampleCount } from './example-count.ts'
import { type CreateStorePlace, nowMs, openTestStore } from './store-place.ts'

/** A collection as a list of versions and a map of names: what any store must be like. */
interface Model {
  readonly versions: { readonly index: number; readonly artifact: number }[]
  readonly aliases: Map<string, number>
  nextIndex: number
}

const alias = fc.constantFrom('a', 'b', 'latest')
/** Which version a step is about: counted from the newest, modulo how many there are. */
const pick = fc.nat(5)
const step = fc.oneof(
  fc.record({ kind: fc.constant('commit' as const), aliases: fc.uniqueArray(alias) }),
  fc.record({ kind: fc.constant('alias' as const), alias, pick }),
  fc.record({ kind: fc.constant('unalias' as const), alias, pick }),
  fc.record({ kind: fc.constant('delete' as const), pick }),
)
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never

/** Random sequences of commits, aliases and deletions, compared with a model of a collection. */
export function describeArtifactOracle(createPlace: CreateStorePlace): void {
  describe('a collection of versions', () => {
    test('is like a list with names', async () => {
      await using test = await openTestStore(createPlace)
      let number = 0
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 20 }), async (steps) => {
          number += 1
          const model: Model = { versions: [], aliases: new Map(), nextIndex: 0 }
          const { sequence } = await putArtifact(test.store, { collection: `c${number}`, isCommitted: false })
          for (const one of steps) await apply(test.store, `c${number}`, sequence, model, one)
          const memberships = await test.store.artifacts.memberships({ collection: sequence })
          expect(memberships.map((m) => ({ index: m.versionIndex, artifact: m.artifact.id }))).toEqual(model.versions)
          const aliases = await test.store.artifacts.aliases({ collection: sequence })
          expect(new Map(aliases.map((row) => [row.alias, row.artifact]))).toEqual(model.aliases)
        }),
        { numRuns: exampleCount(25) },
      )
    })
  })
}

async function apply(store: Store, name: string, collection: number, model: Model, step: Step): Promise<void> {
  if (step.kind === 'commit') {
    const { id } = await putArtifact(store, { collection: name, requestedAliases: step.aliases })
    model.versions.push({ index: model.nextIndex, artifact: id })
    model.nextIndex += 1
    for (const one of ['latest', ...step.aliases]) model.aliases.set(one, id)
    return
  }
  const { versions, aliases } = model
  const found = versions.at(-1 - (step.pick % versions.length))
  if (found === undefined) return
  const { artifact } = found
  switch (step.kind) {
    case 'alias':
      await store.write([{ kind: 'put-artifact-aliases', collection, artifact, aliases: [step.alias], nowMs }])
      aliases.set(step.alias, artifact)
      break
    case 'unalias':
      await store.write([{ kind: 'delete-artifact-aliases', collection, artifact, aliases: [step.alias], nowMs }])
      if (aliases.get(step.alias) === artifact) aliases.delete(step.alias)
      break
    case 'delete': {
      await store.write([{ kind: 'delete-artifact', artifact, nowMs }])
      versions.splice(versions.indexOf(found), 1)
      const wasLatest = aliases.get('latest') === artifact
      for (const [one, target] of aliases) if (target === artifact) aliases.delete(one)
      const newest = versions.at(-1)
      if (wasLatest && newest !== undefined) aliases.set('latest', newest.artifact)
      break
    }
  }
}
