import { checkSpec } from '../domain/check-spec.ts'
import { ServerError } from '../errors.ts'
import type { WandbContext, WandbServices, WireObject } from './context.ts'

interface CreateCustomChartInput {
  readonly entity: string
  readonly name: string
  readonly displayName: string
  readonly type: string
  readonly access: string
  readonly spec: string
}

/** Definitions of charts, which runs refer to by `<entity>/<name>`. */
export function createCustomChartMutations({ store, clock }: WandbServices): WireObject {
  return {
    createCustomChart: async ({ input }: { input: CreateCustomChartInput }, { identity }: WandbContext) => {
      const { entity, name, displayName, type, spec } = input
      if (name === '' || name.includes('/')) {
        throw new ServerError({ code: 'invalid-request', message: `A chart cannot have the name "${name}".` })
      }
      if (type !== 'vega2') {
        throw new ServerError({
          code: 'invalid-request',
          message: `There are no charts of the type "${type}".`,
          hint: 'Use vega2.',
        })
      }
      checkSpec(spec)
      const access = input.access.toUpperCase() === 'PUBLIC' ? 'public' : 'private'
      await store.write([
        {
          kind: 'put-custom-chart',
          entity,
          name,
          displayName,
          type,
          access,
          spec,
          username: identity.username,
          nowMs: clock.now(),
        },
      ])
      return { chart: { id: `${entity}/${name}` } }
    },
  }
}
