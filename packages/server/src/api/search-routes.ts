import type { SearchResponse } from '@lossline/protocol'
import type { Store } from '@lossline/store'
import { Hono } from 'hono'
import type { Runs } from '../domain/runs.ts'
import { searchEverything } from '../domain/search-everything.ts'
import type { AppEnvironment } from '../http/app-environment.ts'
import { parse } from './parse-request.ts'
import { searchQuery } from './search-schemas.ts'
import { toProjectSummary } from './to-page.ts'

/** `/api/search`: one look into everything that the asker sees. */
export function createSearchRoutes(store: Store, runs: Runs): Hono<AppEnvironment> {
  const app = new Hono<AppEnvironment>()
  app.get('/api/search', async (c) => {
    const { q, limit } = parse(searchQuery, c.req.query())
    const found = await searchEverything(store, runs, q, limit)
    return c.json({
      projects: found.projects.map(toProjectSummary),
      runs: found.runs.map(({ entity, project, runId, displayName, state, number }) => ({
        entity,
        project,
        runId,
        displayName,
        state,
        number,
      })),
      artifacts: found.artifacts,
    } satisfies SearchResponse)
  })
  return app
}
