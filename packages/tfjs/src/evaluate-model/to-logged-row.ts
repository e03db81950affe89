import {
  type ClassificationRow,
  classification,
  type EvaluationTask,
  type MultiLabelRow,
  multiLabel,
  type RegressionRow,
  regression,
} from '@lossline/evaluation'
import { TfjsOptionError } from '../errors.ts'
import type { GuessedTask } from '../evaluation-table/output-task.ts'
import { classOf, type OutputValues, rowOf } from '../evaluation-table/prediction-cells.ts'

/** What a row of each task says: label or labels and scores of a classifier, two numbers of a regression. */
export type LoggedRow = ClassificationRow | MultiLabelRow | RegressionRow

/** A task of evaluations, and how a row of tensors becomes one of it. */
export interface RowLogging {
  readonly task: EvaluationTask<LoggedRow>
  toRow(output: OutputValues, truth: OutputValues, row: number): LoggedRow
}

/**
 * @param width - Values of a row of the output.
 * @throws {@link TfjsOptionError} for a model that predicts something else.
 */
export function toRowLogging(
  task: GuessedTask | undefined,
  width: number,
  classNames: readonly string[] | undefined,
): RowLogging {
  const scores = task?.isLogits === true ? 'logits' : 'probabilities'
  if (task?.task === 'classification' && width > 1) {
    const labels = classNames ?? Array.from({ length: width }, (_, index) => String(index))
    return {
      task: asTask(classification({ labels, scores })),
      toRow: (output, truth, row) => ({ label: classOf(rowOf(truth, row)), scores: rowOf(output, row) }),
    }
  }
  if (task?.task === 'binary' && width === 1) {
    return {
      task: asTask(classification({ labels: classNames ?? ['0', '1'], scores })),
      toRow: (output, truth, row) => ({
        label: (rowOf(truth, row).at(-1) ?? 0) >= 0.5 ? 1 : 0,
        scores: rowOf(output, row),
      }),
    }
  }
  if (task?.task === 'regression' && width === 1) {
    return {
      task: asTask(regression()),
      toRow: (output, truth, row) => ({
        label: rowOf(truth, row)[0] ?? Number.NaN,
        prediction: rowOf(output, row)[0] ?? Number.NaN,
      }),
    }
  }
  if (task?.task === 'multi-label') {
    const labels = classNames ?? Array.from({ length: width }, (_, index) => String(index))
    return {
      task: asTask(multiLabel({ labels, scores })),
      toRow: (output, truth, row) => ({ label: classesOf(rowOf(truth, row)), scores: rowOf(output, row) }),
    }
  }
  throw new TfjsOptionError(
    `A model with ${width} values for ${task === undefined ? 'nothing that is known' : task.task} cannot be evaluated.`,
    "Pass task: 'classification', 'binary', 'multi-label' or 'regression' if it is one; else log rows to an EvaluationLogger yourself.",
  )
}

// A logger takes rows of one task; these come from `toRow` of the same one.
function asTask<Row extends LoggedRow>(task: EvaluationTask<Row>): EvaluationTask<LoggedRow> {
  return task as unknown as EvaluationTask<LoggedRow>
}

function classesOf(values: readonly number[]): number[] {
  return values.flatMap((value, index) => (value >= 0.5 ? [index] : []))
}
