import { Artifact, type Run } from '@lossline/core'
import { messageOf, type ReportProblem } from '@lossline/core/adapter'
import type { EvaluationProblemCode } from './evaluation-options.ts'
import type { EvaluationResult } from './evaluation-result.ts'
import { evaluationFileName, writeEvaluationText } from './evaluation-text.ts'

/** Where the records go. */
export interface StoreEvaluationOptions {
  readonly run: Run
  /** Name of the artifact, as far as its letters can be in one. */
  readonly artifact: string
  readonly tell: ReportProblem<EvaluationProblemCode>
}

/** Logs what a later evaluation can be compared with, as an artifact of the type `evaluation`. Never throws. */
export function storeEvaluation(result: EvaluationResult, { run, artifact, tell }: StoreEvaluationOptions): void {
  const refuse = (cause: unknown): void =>
    tell({
      code: 'evaluation-not-logged',
      message: `The records of the evaluation "${result.name}" could not be stored: ${messageOf(cause)}`,
      hint: 'Its metrics and tables are in the run; a later evaluation cannot be compared with it.',
      cause,
    })
  try {
    const draft = new Artifact(artifact.replace(/[^\w.-]+/g, '-').slice(0, 128), 'evaluation', {
      metadata: { task: result.task, rowCount: result.rowCount, metrics: finiteOf(result.metrics) },
    })
    // Logging waits for what is being added, and tells of it where it fails.
    draft.addBuffer(writeEvaluationText(result), evaluationFileName).catch(refuse)
    run.logArtifact(draft)
  } catch (cause) {
    refuse(cause)
  }
}

/** Metadata is plain JSON, which has no NaN; the file has all metrics. */
function finiteOf(metrics: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(metrics).filter(([, value]) => Number.isFinite(value)))
}
