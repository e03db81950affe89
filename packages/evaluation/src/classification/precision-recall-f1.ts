import { requireOneOf } from '../errors.ts'
import {
  divide,
  meanOfDefined,
  requireZeroDivision,
  weightedMeanOfDefined,
  type ZeroDivision,
} from '../labels/average.ts'
import { type ClassCounts, type ConfusionMatrix, countClasses, sumOf } from './confusion-matrix.ts'

/** Precision, recall and their harmonic mean, each from 0 to 1. */
export interface PrecisionRecallF1 {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

/** The three of a class, and how many rows it has. */
export interface ClassPrecisionRecallF1 extends PrecisionRecallF1 {
  /** Rows of this class. */
  readonly support: number
}

/** The three for every class, and three ways to average them. */
export interface PrecisionRecallF1Report {
  /** In the order of the classes, all of them. */
  readonly perClass: readonly ClassPrecisionRecallF1[]
  /** Plain mean over the classes. */
  readonly macro: PrecisionRecallF1
  /** From the counts of all classes together. With one label a row, all three are the accuracy. */
  readonly micro: PrecisionRecallF1
  /** Mean over the classes, weighted by their rows. */
  readonly weighted: PrecisionRecallF1
}

/** Choices where definitions differ. */
export interface PrecisionRecallF1Options {
  /** What 0/0 gives: 0, 1, or NaN, which averages leave out. Default 0, as scikit-learn. */
  readonly zeroDivision?: ZeroDivision
  /**
   * The classes of the macro average. Default `'present'`: those in the labels or the predictions, as scikit-learn does when
   * no `labels` are given; `'all'`: all of them.
   */
  readonly averagedClasses?: 'present' | 'all'
}

/**
 * Precision tp / predicted, recall tp / actual, F1 2 tp / (predicted + actual). `precision_recall_fscore_support` of
 * scikit-learn, where F1 too is 0/0 only if a class is neither actual nor predicted.
 *
 * Without rows micro is `zeroDivision`; the other averages are too if all classes count, and NaN if only present ones do.
 */
export function precisionRecallF1(
  matrix: ConfusionMatrix,
  options: PrecisionRecallF1Options = {},
): PrecisionRecallF1Report {
  return reportOfCounts(countClasses(matrix), options)
}

/** The same from counts of classes, for labels that do not exclude each other. */
export function reportOfCounts(
  { truePositive, actual, predicted }: ClassCounts,
  { zeroDivision = 0, averagedClasses = 'present' }: PrecisionRecallF1Options = {},
): PrecisionRecallF1Report {
  requireZeroDivision(zeroDivision)
  requireOneOf('averagedClasses', averagedClasses, ['present', 'all'])
  const perClass = Array.from(truePositive, (count, index) => ({
    ...threeOf(count, actual[index]!, predicted[index]!, zeroDivision),
    support: actual[index]!,
  }))
  const averaged = perClass.filter((_, index) => averagedClasses === 'all' || actual[index]! + predicted[index]! > 0)
  const supports = averaged.map(({ support }) => support)
  return {
    perClass,
    macro: averageOf(averaged, meanOfDefined),
    micro: threeOf(sumOf(truePositive), sumOf(actual), sumOf(predicted), zeroDivision),
    weighted: averageOf(averaged, (values) => weightedMeanOfDefined(values, supports)),
  }
}

/** The three of one class, or of the counts of several. */
export function threeOf(
  truePositive: number,
  actual: number,
  predicted: number,
  zeroDivision: ZeroDivision,
): PrecisionRecallF1 {
  return {
    precision: divide(truePositive, predicted, zeroDivision),
    recall: divide(truePositive, actual, zeroDivision),
    f1: divide(2 * truePositive, actual + predicted, zeroDivision),
  }
}

export function averageOf(
  rows: readonly PrecisionRecallF1[],
  mean: (values: readonly number[]) => number,
): PrecisionRecallF1 {
  return {
    precision: mean(rows.map(({ precision }) => precision)),
    recall: mean(rows.map(({ recall }) => recall)),
    f1: mean(rows.map(({ f1 }) => f1)),
  }
}
