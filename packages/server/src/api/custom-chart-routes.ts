import type { CustomChartDefinition } from '@lossline/protocol'
import type { Store } from '@lossline/store'
import { Hono } from 'hono'
import { findChartDefinition } from '../domain/custom-charts.ts'
import type { AppEnvironment } from '../http/app-environment.ts'

/** `/api/custom-charts`: charts that people have defined, which runs and panels refer to. */
export function createCustomChartRoutes(store: Store): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  app.get('/api/custom-charts/:entity/:name', async (c) => {
    const { entity, name, displayName, spec } = await findChartDefinition(store, c.req.param())
    return c.json({ entity, name, displayName, spec } satisfies CustomChartDefinition)
  })
  return app
}
