import { setMediaFileAccess } from '../media/media-file-access.ts'
import type { InitOptions } from '../run/init-options.ts'
import type { Run } from '../run/run.ts'
import { startRun } from '../run/start-run.ts'
import { nodeMediaFileAccess } from './media-file-access.ts'
import { nodePlatform } from './node-platform.ts'

// Media are made before a run is, so they cannot be given what reads their files.
setMediaFileAccess(nodeMediaFileAccess)

/**
 * Starts a run: makes its folder in `.lossline/`, writes its first records, and makes it the active run. From here on
 * its console output, its end, and every uncaught error are recorded too.
 *
 * @param options - All may be left out. What is not given comes from the environment (`LOSSLINE_PROJECT`, …, or the
 *   `WANDB_*` twin), from `.lossline/settings`, from `~/.config/lossline/settings`, or from the defaults.
 * @throws {@link InitTwiceError} while another run is active, unless `reinit` says what to do.
 * @throws {@link InvalidSettingError} when a setting has a value that it cannot have.
 * @throws {@link ApiKeyMissingError} in online mode when neither URL nor key is known.
 * @throws {@link RunDirectoryError} when the run's folder cannot be made.
 * @example
 * const run = await init({ project: 'digits', config: { learningRate: 1e-3 } })
 * run.log({ loss: 0.5 })
 * await run.finish()
 */
export function init<Config extends object = Record<string, unknown>>(
  options: InitOptions<Config> = {},
): Promise<Run<Config>> {
  return startRun(nodePlatform, options)
}
