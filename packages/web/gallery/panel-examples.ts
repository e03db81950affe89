import { barPanel } from '../src/view/panels/bar-panel.ts'
import { comparerPanel } from '../src/view/panels/comparer-panel.ts'
import { customChartPanel } from '../src/view/panels/custom-chart-panel.ts'
import { histogramPanel } from '../src/view/panels/histogram-panel.ts'
import { importancePanel } from '../src/view/panels/importance-panel.ts'
import { linePanel } from '../src/view/panels/line-panel.ts'
import { markdownPanel } from '../src/view/panels/markdown-panel.ts'
import { mediaPanel } from '../src/view/panels/media-panel.ts'
import type { PanelKind } from '../src/view/panels/panel-kind.ts'
import { parallelPanel } from '../src/view/panels/parallel-panel.ts'
import { scalarPanel } from '../src/view/panels/scalar-panel.ts'
import { scatterPanel } from '../src/view/panels/scatter-panel.ts'
import { tablePanel } from '../src/view/panels/table-panel.ts'
import { toUserQuery } from '../src/view/vega/chart-query.ts'
import type { JsonObject } from '../src/view/workspace/json.ts'

/** What a panel of the gallery says, in W&B's words, over what `fillServer` logs. */
export interface PanelExample {
  readonly title: string
  readonly config: JsonObject
}

const columns = [{ accessor: 'config:lr.value', log: true }, { accessor: 'config:optimizer.value' }]
const vegaSpec = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  data: { name: 'wandb' },
  mark: { type: 'point', tooltip: true },
  encoding: {
    x: { field: 'lr', type: 'quantitative', scale: { type: 'log' } },
    y: { field: 'accuracy', type: 'quantitative' },
    color: { field: 'color', type: 'nominal', scale: null },
  },
}

const examples: readonly (readonly [kind: PanelKind, first: PanelExample, ...more: PanelExample[]])[] = [
  [
    linePanel,
    { title: 'Lines', config: { metrics: ['loss'] } },
    {
      title: 'Groups with bands',
      config: { metrics: ['loss'], aggregate: true, groupBy: 'optimizer', groupAgg: 'mean', groupArea: 'stddev' },
    },
    { title: 'Several metrics', config: { metrics: ['loss', 'accuracy'] } },
    { title: 'Formula', config: { expressions: ['1 - ${accuracy}'] } },
  ],
  [scalarPanel, { title: 'Scalar', config: { metrics: ['accuracy'], groupAgg: 'max', groupArea: 'minmax' } }],
  [
    barPanel,
    { title: 'Bars', config: { metrics: ['loss'], lossline: { reduction: 'min' } } },
    {
      title: 'Boxes',
      config: { metrics: ['loss'], aggregate: true, groupBy: 'optimizer', lossline: { shape: 'box' } },
    },
    {
      title: 'Violins',
      config: { metrics: ['loss'], aggregate: true, groupBy: 'optimizer', lossline: { shape: 'violin' } },
    },
  ],
  [
    scatterPanel,
    {
      title: 'Scatter',
      config: {
        xAxis: 'config:lr.value',
        yAxis: 'summary:accuracy',
        xAxisLogScale: true,
        showLinearRegression: true,
      },
    },
  ],
  [
    parallelPanel,
    { title: 'Parallel', config: { columns: [...columns, { accessor: 'summary:accuracy' }] } },
    {
      title: 'Many axes',
      config: {
        columns: [
          ...columns,
          ...['layers', 'seed'].map((key) => ({ accessor: `config:${key}.value` })),
          ...['loss', 'accuracy'].map((key) => ({ accessor: `summary:${key}` })),
        ],
      },
    },
  ],
  [importancePanel, { title: 'Importance', config: { targetKey: 'accuracy' } }],
  [comparerPanel, { title: 'Comparer', config: { diffOnly: 'split' } }],
  [
    mediaPanel,
    { title: 'Media', config: { mediaKeys: ['sample'] } },
    { title: 'Boxes and masks', config: { mediaKeys: ['scene'] } },
  ],
  [
    histogramPanel,
    { title: 'Histograms over steps', config: { mediaKeys: ['weights'] } },
    { title: 'Ridgelines', config: { mediaKeys: ['weights'], lossline: { shape: 'ridge' } } },
    { title: 'Histograms at a step', config: { mediaKeys: ['biases'], lossline: { shape: 'step' } } },
  ],
  [tablePanel, { title: 'Table', config: { lossline: { tableKey: 'rows' } } }],
  [
    markdownPanel,
    {
      title: 'Text',
      config: { value: '**${run.name}** came to ${summary.accuracy}.\n\n- `lr` ${config.lr}\n- [a link](/)' },
    },
  ],
  [
    customChartPanel,
    {
      title: 'Preset',
      config: {
        panelDefId: 'wandb/line/v0',
        fieldSettings: { x: 'epoch', y: 'loss' },
        userQuery: toUserQuery({ table: 'curve_table', history: [], summary: [], config: [] }),
      },
    },
    {
      title: 'Confusion matrix',
      config: {
        panelDefId: 'wandb/confusion_matrix/v1',
        fieldSettings: { Actual: 'Actual', Predicted: 'Predicted', nPredictions: 'nPredictions' },
        userQuery: toUserQuery({ table: 'confusion_table', history: [], summary: [], config: [] }),
      },
    },
    {
      title: 'Vega-Lite',
      config: {
        customPanelDef: { spec: JSON.stringify(vegaSpec) },
        userQuery: toUserQuery({ table: undefined, history: [], summary: ['accuracy'], config: ['lr'] }),
      },
    },
  ],
]

/**
 * Examples by kind. The first is shown in every state, those after it in the usual one. A kind that is missing here is missing
 * in the gallery, which its test says.
 */
export const panelExamples: ReadonlyMap<string, readonly PanelExample[]> = new Map(
  examples.map(([{ kind }, ...ofKind]) => [kind, ofKind]),
)
