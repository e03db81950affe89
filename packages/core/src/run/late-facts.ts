import type { LateFacts, Platform } from '../platform.ts'
import type { Redactor } from '../redaction/redaction.ts'
import type { Settings } from '../settings/settings.ts'
import type { LoggedRun } from './logged-run.ts'
import { toInternalConfig } from './run-records.ts'

/** Writes what was found out about the surroundings after the run had started. */
export function recordLateFacts(
  run: LoggedRun<object>,
  { git, disk, requirements }: LateFacts,
  { platform, redactor }: { platform: Platform; redactor: Redactor; settings: Settings },
): void {
  if (git !== undefined && Object.keys(git).length > 0) {
    const { commit, remoteUrl, branch, isDirty } = git
    const source = {
      ...(commit === undefined ? {} : { commit }),
      ...(remoteUrl === undefined ? {} : { remoteUrl: redactor.text(remoteUrl, 'git.remote') }),
    }
    run.record({ kind: 'environment', environment: { git: source } })
    run.recordFacts({ git: source })
    // W&B has no place for these two.
    run.record({
      kind: 'config',
      config: toInternalConfig('git', { branch: branch ?? null, isDirty: isDirty ?? null }),
    })
    run.recordRedactions()
  }
  if (disk !== undefined) run.record({ kind: 'environment', environment: { disk } })
  if (requirements) {
    platform.writeRunFile(run.directory, 'files/requirements.txt', redactor.text(requirements, 'requirements.txt'))
    run.record({
      kind: 'files',
      files: { files: [{ path: 'requirements.txt', policy: 'now', type: 'wandb' }] },
    })
  }
}
