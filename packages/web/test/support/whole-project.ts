import { Artifact, Histogram, Image, init, plot, Table } from '@lossline/core'
import type { PageServer } from './open-page-server.ts'

/** Names of what {@link addWholeProject} makes, for the addresses of its pages. */
export interface WholeProject {
  readonly project: string
  /** Has something on every tab. */
  readonly runId: string
  readonly sweepId: string
  /** Of the saved view that has a panel of every kind. */
  readonly viewId: string
  /** Of the panels of that view, in order. */
  readonly panelIds: readonly string[]
}

/** Logs a small project that has something on every page. */
export async function addWholeProject({ server, logTo }: PageServer, project: string): Promise<WholeProject> {
  const post = async (path: string, body: object): Promise<Record<string, never>> => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`)
    return (await response.json()) as Record<string, never>
  }
  const runIds: string[] = []
  for (const [index, lr] of [0.1, 0.01, 0.001].entries()) {
    const config = { lr, optimizer: { name: index % 2 ? 'sgd' : 'adam' } }
    const run = await init({ ...logTo, project, name: `swift-owl-${index}`, group: `fold-${index % 2}`, config })
    for (let step = 0; step < 12; step++) {
      run.log({
        'train/loss': 2 / (step + 1 + index),
        'val/loss': 3 / (step + 1 + index),
        accuracy: 1 - 1 / (step + 2),
      })
    }
    const pixels = Uint8Array.from({ length: 64 }, (_, i) => (i * 4 + index * 50) % 256)
    run.log({
      sample: new Image(pixels, { width: 8, height: 8, caption: `sample of ${index}` }),
      weights: new Histogram([index, index + 1, index + 1, index + 3]),
      predictions: new Table({
        columns: ['label', 'score'],
        rows: [
          ['cat', 0.9 - index / 10],
          ['dog', 0.2],
        ],
      }),
      confusion: plot.confusionMatrix({ yTrue: [0, 0, 1, 1], preds: [0, 1, 1, 1], classNames: ['cat', 'dog'] }),
    })
    if (index === 0) {
      for (const layers of [3, 4]) {
        const model = new Artifact('cnn', 'model', { metadata: { layers } })
        await model.addBuffer(`weights of ${layers}`, 'weights.txt')
        await run.logArtifact(model, { aliases: layers === 3 ? ['best'] : [] }).wait()
      }
    }
    runIds.push(run.id)
    await run.finish()
  }
  const evaluation = await init({ ...logTo, project, name: 'evaluation', jobType: 'evaluate' })
  // biome-ignore lint/correctness/useHookAtTopLevel: a method of a run, no hook of React.
  await evaluation.useArtifact('cnn:best')
  await evaluation.finish()
  const runId = runIds[0]!
  const now = Date.now() / 1000
  const readings = Array.from({ length: 20 }, (_, i) =>
    JSON.stringify({
      _timestamp: now - 20 + i,
      _runtime: i,
      'system.gpu.0.gpu': i,
      'system.gpu.1.gpu': 100 - i,
      'system.cpu': 50,
    }),
  )
  const output = ['epoch 1', 'ERROR no luck', 'epoch 2'].map((text) => `${text}\n`)
  await post(`/files/local/${project}/${runId}/file_stream`, {
    files: { 'wandb-events.jsonl': { offset: 0, content: readings }, 'output.log': { offset: 0, content: output } },
  })
  await post(`/api/projects/local/${project}/views`, {
    type: 'project-view',
    name: 'nw-kinds-v',
    displayName: 'Every kind',
    spec: JSON.stringify(everyKind),
  })
  return { project, runId, sweepId: await addSweep(project, post), viewId: 'kinds', panelIds }
}

async function addSweep(
  project: string,
  post: (path: string, body: object) => Promise<Record<string, never>>,
): Promise<string> {
  const config = [
    'method: grid',
    'name: learning rates',
    'metric: {name: loss, goal: minimize}',
    'parameters: {lr: {values: [0.1, 0.01, 0.001]}}',
  ].join('\n')
  const upsertSweep = 'mutation ($input: UpsertSweepInput!) { upsertSweep(input: $input) { sweep { name } } }'
  const made = (await post('/graphql', {
    query: upsertSweep,
    variables: { input: { entityName: 'local', projectName: project, config } },
  })) as unknown as { readonly data: { readonly upsertSweep: { readonly sweep: { readonly name: string } } } }
  const sweepId = made.data.upsertSweep.sweep.name
  const upsertRun = 'mutation ($input: UpsertBucketInput!) { upsertBucket(input: $input) { inserted } }'
  for (const [index, lr] of [0.1, 0.01].entries()) {
    const input = {
      entityName: 'local',
      modelName: project,
      name: `search${index}`,
      displayName: `search ${index}`,
      sweep: sweepId,
      config: JSON.stringify({ lr: { value: lr } }),
      summaryMetrics: JSON.stringify({ loss: index + 1 }),
    }
    await post('/graphql', { query: upsertRun, variables: { input } })
    await post(`/files/local/${project}/search${index}/file_stream`, { complete: true, exitcode: index })
  }
  return sweepId
}

const panel = (id: string, viewType: string, config: object) => ({ __id__: id, viewType, config, isAuto: false })
const kinds = [
  panel('line', 'Run History Line Plot', { chartTitle: 'Line', metrics: ['train/loss'] }),
  panel('scalar', 'Scalar Chart', { chartTitle: 'Scalar', metrics: ['accuracy'], groupAgg: 'max' }),
  panel('bar', 'Bar Chart', { chartTitle: 'Bars', metrics: ['accuracy'] }),
  panel('box', 'Bar Chart', {
    chartTitle: 'Boxes',
    metrics: ['accuracy'],
    groupBy: 'optimizer.value.name',
    aggregate: true,
    lossline: { shape: 'box' },
  }),
  panel('scatter', 'Scatter Plot', {
    chartTitle: 'Scatter',
    xAxis: 'config:lr.value',
    yAxis: 'summary:accuracy',
    showLinearRegression: true,
  }),
  panel('parallel', 'Parallel Coordinates Plot', {
    chartTitle: 'Parallel',
    columns: [{ accessor: 'config:lr.value', log: true }, { accessor: 'summary:accuracy' }],
  }),
  panel('importance', 'Parameter Importance', { chartTitle: 'Importance', targetKey: 'accuracy' }),
  panel('comparer', 'Run Comparer', { diffOnly: 'split' }),
  panel('text', 'Markdown Panel', { value: '# About\nA [link](https://example.org).' }),
  panel('media', 'Media Browser', { chartTitle: 'Media', mediaKeys: ['sample'] }),
  panel('unknown', 'Panel from elsewhere', { chartTitle: 'Unknown' }),
]

const panelIds = kinds.map(({ __id__ }) => __id__)

/** A workspace as W&B's library would save it, with a panel of every kind. */
const everyKind = {
  section: {
    panelBankConfig: {
      state: 1,
      settings: {},
      sections: [
        {
          name: 'Kinds',
          isOpen: true,
          panels: kinds,
        },
      ],
    },
    panelBankSectionConfig: {},
    customRunColors: {},
  },
}
