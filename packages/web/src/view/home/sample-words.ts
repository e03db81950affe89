import type { SampleResponse } from '@lossline/protocol'
import type { ConfirmQuestion } from '../shell/confirm-store.ts'
import { formatCount, formatNumber } from '../text/format.ts'

/** How far loading is: `Loading the sample: 12 of 60 runs`. */
export function loadingText({ loadedRunCount, runCount }: SampleResponse): string {
  return `Loading the sample: ${formatNumber(loadedRunCount)} of ${formatCount(runCount, 'run')}`
}

/** What is said of a sample of which only a part is there. */
export function incompleteText(sample: SampleResponse): string {
  const { loadedRunCount, runCount, problem } = sample
  const text = `${formatNumber(loadedRunCount)} of the sample’s ${formatCount(runCount, 'run')} are there.`
  return problem === null ? text : `${text} Loading stopped: ${problem}`
}

/** What goes with the sample, asked before it does. */
export function removalQuestion({ project, loadedRunCount, otherRunCount }: SampleResponse): ConfirmQuestion {
  const others =
    otherRunCount === 0
      ? ''
      : ` ${formatCount(otherRunCount, 'run')} of your own ${otherRunCount === 1 ? 'goes' : 'go'} with it, for good.`
  return {
    title: `Remove the sample project ${project ?? ''}?`,
    text: `Its ${formatCount(loadedRunCount, 'run')}, sweep, artifacts, views and files are removed from disk at once.${others} The sample can be loaded again at any time.`,
    action: 'Remove sample',
    // What somebody has logged cannot be had again.
    ...(otherRunCount > 0 && project !== null ? { typed: project } : {}),
  }
}
