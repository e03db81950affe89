import { InvalidSettingError } from '../errors.ts'
import type { Settings } from '../settings/settings.ts'
import { parseRunStep } from './branch.ts'

/**
 * Refuses settings that say two things about where a run goes on.
 *
 * @throws {@link InvalidSettingError}.
 */
export function checkResumeSettings({ id, resume, resumeFrom, forkFrom, mode }: Settings): void {
  const given = Object.entries({ resume: resume === false ? undefined : resume, resumeFrom, forkFrom })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name)
  const refuse = (setting: string, message: string): never => {
    throw new InvalidSettingError({ setting, source: 'init', message })
  }
  if (given.length > 1) refuse(given[0] ?? '', `it cannot be together with ${given.slice(1).join(' and ')}.`)
  if (resume === 'must' && id === undefined) refuse('resume', '"must" needs the id of the run, as the setting id.')
  if (resumeFrom !== undefined && id !== undefined && id !== parseRunStep(resumeFrom).runId) {
    refuse('resumeFrom', `it names another run than id, which is "${id}".`)
  }
  if (forkFrom !== undefined && id === parseRunStep(forkFrom).runId)
    refuse('forkFrom', 'a run cannot fork from itself.')
  if (mode === 'shared' && (resumeFrom ?? forkFrom) !== undefined) {
    refuse('mode', 'a shared run has no steps of its own to go back to or to fork from.')
  }
}
