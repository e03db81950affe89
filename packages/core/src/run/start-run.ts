import { refuseInnerArtifacts } from '../artifacts/config-artifacts.ts'
import { InitTwiceError } from '../errors.ts'
import { checkIsObject, checkNamedValues } from '../options/check-named-values.ts'
import type { Platform } from '../platform.ts'
import { checkResumeSettings } from '../resume/check-settings.ts'
import { checkSettingNames, resolveSettings } from '../settings/resolve-settings.ts'
import type { Settings } from '../settings/settings.ts'
import { overruledNames } from '../sweep/assignment.ts'
import { activeRun, beginStart, endStart, isRunStarting, setActiveRun } from './active-runs.ts'
import type { InitOptions } from './init-options.ts'
import { openRun } from './open-run.ts'
import type { Run } from './run.ts'

/** Starts a run on a platform; `init` says what it does and throws. */
export async function startRun<Config extends object>(
  platform: Platform,
  options: InitOptions<Config>,
): Promise<Run<Config>> {
  checkIsObject('init', options, 'Pass an object: init({ project, config }).')
  const { config, settings: settingsOption = {}, onStop, ...named } = options
  checkIsObject('init: settings', settingsOption, 'Pass settings by name: { project, mode }.')
  checkSettingNames(settingsOption, 'the option settings')
  checkSettingNames(named, 'an option of init', ['config', 'settings', 'onStop'])
  if (config !== undefined) checkNamedValues('init: config', config)
  refuseInnerArtifacts(config)
  const layers = platform.readSettingsLayers([
    { source: 'the option settings', values: settingsOption },
    { source: 'an option of init', values: named },
  ])
  const assignment = await platform.takeAssignment()
  const settings = resolveSettings(
    assignment ? [...layers, { source: 'the sweep', values: assignment.settings }] : layers,
  )
  const overruled = assignment ? overruledNames({ ...settingsOption, ...named }, assignment) : []
  const start = { config, onStop, assignment, overruled }
  checkResumeSettings(settings)
  if (settings.reinit === 'createNew') return openRun<Config>(platform, settings, start)

  const previous = findPrevious(settings)
  // The caller asks for the run that there is, so it knows better than we what its config holds.
  if (previous !== undefined && settings.reinit === 'returnPrevious') return previous as unknown as Run<Config>
  beginStart()
  try {
    await previous?.finish()
    const run = await openRun<Config>(platform, settings, start)
    setActiveRun(run)
    return run
  } finally {
    endStart()
  }
}

function findPrevious({ reinit = 'refuse' }: Settings): Run | undefined {
  const previous = activeRun()
  if (isRunStarting()) throw new InitTwiceError(undefined)
  if (previous !== undefined && reinit === 'refuse') throw new InitTwiceError(previous.id)
  return previous
}
