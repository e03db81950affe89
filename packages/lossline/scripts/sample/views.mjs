// What people have arranged and searched in the sample: a sweep, and workspaces in W&B's JSON.
import { sweepName } from './plan.mjs'

export const description = `A sample of what this page shows: a network learns to read digits.

- **baseline** and **augmentation** compare settings over several seeds.
- **search** is a sweep of 32 runs over learning rate, batch size, dropout, optimizer and size.
- **final** trains four models, keeps them as artifacts, and evaluates them with tables and curves.

Nothing of it is real, and it can be removed again.`

export const sweeps = [
  {
    name: sweepName,
    displayName: 'Learning rate and size',
    description: 'Where the accuracy of a small network comes from.',
    state: 'finished',
    config: `method: bayes
metric:
  name: val/accuracy
  goal: maximize
parameters:
  learning_rate:
    distribution: log_uniform_values
    min: 0.00002
    max: 0.5
  batch_size:
    values: [16, 32, 64, 128, 256]
  dropout:
    min: 0
    max: 0.5
  optimizer:
    values: [adam, sgd, rmsprop]
  model:
    parameters:
      layers:
        values: [2, 3, 4]
      width:
        values: [16, 32, 64]
early_terminate:
  type: hyperband
  min_iter: 4
`,
  },
]

let panelCount = 0
function panel(viewType, config) {
  panelCount += 1
  return { __id__: `sample${panelCount}`, viewType, isAuto: false, config }
}
const line = (config) => panel('Run History Line Plot', config)
const section = (name, panels, rest = {}) => ({ name, isOpen: true, panels, ...rest })

const parallel = panel('Parallel Coordinates Plot', {
  chartTitle: 'What the search tried',
  columns: [
    { accessor: 'config:learning_rate.value', displayName: 'learning rate', log: true },
    { accessor: 'config:batch_size.value', displayName: 'batch size' },
    { accessor: 'config:dropout.value', displayName: 'dropout' },
    { accessor: 'config:optimizer.value', displayName: 'optimizer' },
    { accessor: 'config:model.value.layers', displayName: 'layers' },
    { accessor: 'summary:val/accuracy', displayName: 'accuracy' },
  ],
})
const scatter = panel('Scatter Plot', {
  chartTitle: 'Accuracy by learning rate',
  xAxis: 'config:learning_rate.value',
  xAxisLogScale: true,
  yAxis: 'summary:val/accuracy',
  zAxis: 'config:dropout.value',
})
const importance = panel('Parameter Importance', { targetKey: 'val/accuracy' })

function workspace({ sections, params = {}, isAutomatic = true }) {
  return JSON.stringify({
    section: {
      panelBankConfig: { sections },
      panelBankSectionConfig: {},
      customRunColors: {},
      settings: { shouldAutoGeneratePanels: isAutomatic },
      lossline: { params },
    },
  })
}

const welcome = panel('Markdown Panel', {
  chartTitle: 'About this sample',
  value: `## Reading digits

Sixty runs of a small network, made up to show what this page does.

- **My workspace**, above, has two more views: the search, and what the final models see.
- *Runs*, *Sweeps* and *Artifacts* are on the left.
- Pictures, tables and curves are further down.`,
})

/** Some of each kind, so that every section has something to show, and those that train in eight colours. */
const shownFirst = [
  ...['evaluate large', 'evaluate small', 'final large', 'final small', 'sweep 32', 'sweep 20'],
  ...['mixup seed 1', 'shift + rotate seed 2', 'shift seed 2', 'baseline seed 1'],
]

/**
 * Workspaces: `own` is everybody's first look, the others are saved under their names.
 *
 * @param plans - As `planRuns` gives them.
 */
export function makeViews(plans) {
  const shownIds = shownFirst.map((name) => plans.find((run) => run.name === name).id)
  const overview = [
    welcome,
    line({ chartTitle: 'Accuracy by group', metrics: ['val/accuracy'], groupBy: 'group', limit: 100 }),
    scatter,
  ]
  const results = [parallel, importance, scatter]
  const curves = [
    line({ metrics: ['val/accuracy'], limit: 50 }),
    line({ metrics: ['train/loss'], limit: 50, yLogScale: true }),
  ]
  const numbers = [
    panel('Bar Chart', { metrics: ['test/accuracy'] }),
    line({ metrics: ['val/loss', 'train/loss'], yLogScale: true }),
    panel('Run Comparer', {}),
  ]
  const seen = [
    panel('Media Browser', { mediaKeys: ['boards'] }),
    panel('Media Browser', { mediaKeys: ['weights/dense'] }),
    panel('Weave', { lossline: { tableKey: 'predictions' } }),
  ]
  return [
    {
      id: 'own',
      displayName: 'Workspace',
      spec: workspace({
        params: { r: `none~${shownIds.join(',')}` },
        sections: [section('Overview', overview, { pinned: true })],
      }),
    },
    {
      id: 'search',
      displayName: 'The search',
      spec: workspace({
        isAutomatic: false,
        params: { q: `run.sweep = "${sweepName}"`, r: 'all' },
        sections: [section('Results', results, { flowConfig: { columnsPerPage: 2 } }), section('Curves', curves)],
      }),
    },
    {
      id: 'final',
      displayName: 'Final models',
      spec: workspace({
        isAutomatic: false,
        params: { q: 'group = final', r: 'all' },
        sections: [section('Numbers', numbers), section('What they see', seen, { flowConfig: { columnsPerPage: 1 } })],
      }),
    },
  ]
}
