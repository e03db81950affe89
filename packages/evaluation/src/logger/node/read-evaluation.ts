import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { EvaluationBaseline } from '../evaluation-result.ts'
import { evaluationFileName, parseEvaluationText } from '../evaluation-text.ts'

/** What has the files of an evaluation: a version from `run.useArtifact` or the `Api`. */
export interface EvaluationArtifact {
  /** Downloads its files and returns their folder. */
  download(): Promise<string>
}

/**
 * Reads a stored evaluation, as the `baseline` of another one.
 *
 * @param source - A version of an artifact of the type `evaluation`, or the path of its folder or of its file.
 * @throws what the download or the file system throws; EvaluationError `evaluation-value` when it is no evaluation.
 * @example const baseline = await readEvaluation(await run.useArtifact('evaluation-test:latest'))
 */
export async function readEvaluation(source: EvaluationArtifact | string): Promise<EvaluationBaseline> {
  const path = typeof source === 'string' ? source : await source.download()
  const isFolder = (await stat(path)).isDirectory()
  return parseEvaluationText(await readFile(isFolder ? join(path, evaluationFileName) : path, 'utf8'))
}
