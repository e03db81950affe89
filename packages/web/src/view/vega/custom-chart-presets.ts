/** A field of a preset: which column of the table it is. */
export interface PresetField {
  /** The name under which a run says which column it is. */
  readonly role: string
  /** Where a run says nothing: the column that the preset is always logged with. */
  readonly column?: string
  readonly isOptional?: boolean
}

/** How a preset is drawn, and of what. */
export type ChartPreset =
  | {
      readonly draws: 'lines' | 'points'
      readonly x: PresetField
      readonly y: PresetField
      /** Of which line a point is. */
      readonly name?: PresetField
      /** The area under a line means something. */
      readonly hasArea?: true
    }
  | {
      readonly draws: 'bars'
      readonly label: PresetField
      readonly value: PresetField
      /** What tells bars of one label apart. */
      readonly name?: PresetField
    }
  | { readonly draws: 'histogram'; readonly value: PresetField }
  | {
      readonly draws: 'matrix'
      readonly actual: PresetField
      readonly predicted: PresetField
      readonly count: PresetField
    }

const always = (column: string): PresetField => ({ role: column, column })

/** W&B's presets by their names without the version: those of `wandb.plot`, then those of `wandb.sklearn`. */
const presets: Readonly<Record<string, ChartPreset>> = {
  'wandb/confusion_matrix': {
    draws: 'matrix',
    actual: { role: 'Actual', column: 'Actual' },
    predicted: { role: 'Predicted', column: 'Predicted' },
    // `wandb.sklearn` calls it Count.
    count: { role: 'nPredictions', column: 'Count' },
  },
  'wandb/area-under-curve': {
    draws: 'lines',
    x: { role: 'x' },
    y: { role: 'y' },
    name: { role: 'class', isOptional: true },
    hasArea: true,
  },
  'wandb/line': {
    draws: 'lines',
    x: { role: 'x' },
    y: { role: 'y' },
    name: { role: 'stroke', isOptional: true },
  },
  'wandb/lineseries': { draws: 'lines', x: { role: 'step' }, y: { role: 'lineVal' }, name: { role: 'lineKey' } },
  'wandb/scatter': { draws: 'points', x: { role: 'x' }, y: { role: 'y' } },
  'wandb/bar': { draws: 'bars', label: { role: 'label' }, value: { role: 'value' } },
  'wandb/histogram': { draws: 'histogram', value: { role: 'value' } },
  'wandb/calibration': {
    draws: 'lines',
    x: always('mean_predicted_value'),
    y: always('fraction_of_positives'),
    name: always('model'),
  },
  'wandb/learning_curve': { draws: 'lines', x: always('train_size'), y: always('score'), name: always('dataset') },
  'wandb/elbow': { draws: 'lines', x: always('cluster_ranges'), y: always('errors') },
  'wandb/residuals_plot': { draws: 'points', x: always('y_pred'), y: always('residuals'), name: always('dataset') },
  'wandb/outliers': { draws: 'points', x: always('instance_indicies'), y: always('distance') },
  'wandb/decision_boundaries': { draws: 'points', x: always('x'), y: always('y'), name: always('color') },
  'wandb/silhouette_': { draws: 'points', x: always('x'), y: always('y'), name: always('colors') },
  'wandb/class_proportions': {
    draws: 'bars',
    label: always('class'),
    value: always('count'),
    name: always('dataset'),
  },
  'wandb/feature_importances': { draws: 'bars', label: always('feature_names'), value: always('importances') },
  'wandb/metrics': { draws: 'bars', label: always('metric_name'), value: always('metric_value') },
}

/** Undefined for those that are no presets of W&B: definitions that somebody has stored. */
export function findPreset(name: string): ChartPreset | undefined {
  const bare = name.replace(/\/v\d+$/, '')
  return Object.hasOwn(presets, bare) ? presets[bare] : undefined
}
