/** A request to one operation of an OpenAPI document. */
export interface ApiCall {
  readonly method: string
  readonly path: string
  readonly body: object | undefined
  /** `adminToken`: whoever has that alone. */
  readonly askers: 'account' | 'anybody' | 'adminToken'
}

interface OpenApi {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

interface Operation {
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required?: boolean }[]
  readonly security: readonly Readonly<Record<string, unknown>>[]
}

/** A request to every operation, with the given values for what its path and query ask for. */
export function createExpectedPaths(document: OpenApi, values: Readonly<Record<string, string>>): ApiCall[] {
  const series = {
    entity: values.entity,
    project: values.project,
    runIds: [values.runId],
    key: values.key,
    x: { kind: 'step' },
    buckets: 16,
  }
  const bodies: Readonly<Record<string, object>> = {
    'post /api/series': series,
    'post /api/series/batch': { requests: [series] },
    'post /api/series/points': {
      entity: values.entity,
      project: values.project,
      runIds: [values.runId],
      key: values.key,
      x: { kind: 'step' },
      format: 'csv',
    },
    'patch /api/projects/{entity}/{project}': { project: 'renamed' },
    'delete /api/projects/{entity}/{project}': { confirm: values.project },
    'post /api/projects/{entity}/{project}/runs/query': { columns: ['config.lr'] },
    'post /api/projects/{entity}/{project}/runs/neighbours': { runId: values.runId },
    'post /api/projects/{entity}/{project}/runs/groups': { by: ['run.state'] },
    'post /api/runs/{entity}/{project}/{runId}/rows': { keys: ['_step'] },
    'post /api/projects/{entity}/{project}/runs/importance': { outcome: 'summary.loss' },
    'post /api/projects/{entity}/{project}/runs/contents': { runIds: [values.runId] },
    'post /api/projects/{entity}/{project}/runs/deletion': { of: { runIds: [values.runId] } },
    'post /api/projects/{entity}/{project}/runs/figures': { runIds: [values.runId], key: 'loss' },
    'post /api/tables/rows': { tables: [tableOf(values)] },
    'post /api/tables/columns': { tables: [tableOf(values)] },
    'post /api/projects/{entity}/{project}/runs/marks': { runIds: [values.runId], x: { kind: 'step' } },
    'post /api/projects/{entity}/{project}/runs/best-points': {
      runIds: [values.runId],
      key: 'loss',
      goal: 'minimize',
      x: { kind: 'step' },
    },
    'patch /api/runs/{entity}/{project}/{runId}': { notes: 'mine' },
    'post /api/projects/{entity}/{project}/runs/edits': { edits: [{ runId: values.runId, notes: 'mine' }] },
    'post /api/projects/{entity}/{project}/runs/change': { of: { runIds: [values.runId] }, addTags: ['mine'] },
    'post /api/projects/{entity}/{project}/views': { type: 'runs', name: 'n', displayName: 'N', spec: '{}' },
    'patch /api/projects/{entity}/{project}/views/{viewId}': { displayName: 'mine' },
    'patch /api/projects/{entity}/{project}/metric-notes': { metric: values.key, unit: 'nats' },
    'post /api/projects/{entity}/{project}/sweeps': { config: 'method: random' },
    'patch /api/projects/{entity}/{project}/sweeps/{sweep}': { description: 'mine' },
    'patch /api/artifacts/{id}': { description: 'mine' },
    'delete /api/artifacts/{id}': { confirm: `${values.collection}:v0` },
    'delete /api/projects/{entity}/{project}/artifacts/{collection}': { confirm: values.collection },
    'post /api/projects/{entity}/{project}/share-links': { of: { kind: 'project' }, path: '/mine' },
    'post /api/view-states': { state: { q: 'mine' } },
    'post /api/projects/{entity}/{project}/runs/move': { runIds: [values.runId], to: { project: 'elsewhere' } },
  }
  return Object.entries(document.paths).flatMap(([template, operations]) =>
    Object.entries(operations).map(([method, { parameters = [], security }]) => {
      const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? name))
      const query = new URLSearchParams(
        parameters
          .filter((parameter) => parameter.in === 'query' && values[parameter.name] !== undefined)
          .map(({ name }) => [name, values[name]!]),
      )
      const body = bodies[`${method} ${template}`]
      const [first = {}] = security
      const askers = 'adminToken' in first ? 'adminToken' : 'apiKey' in first ? 'account' : 'anybody'
      return { method: method.toUpperCase(), path: query.size > 0 ? `${path}?${query}` : path, body, askers }
    }),
  )
}

function tableOf({ entity, project, runId, key }: Readonly<Record<string, string>>): object {
  return { kind: 'run', entity, project, runId, key }
}
