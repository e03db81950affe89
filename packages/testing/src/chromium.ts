import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

// The shell first: it is the same browser without the drawing of its own window, which is a third of what a page costs here.
const shellNames = ['chromium-headless-shell', 'chrome-headless-shell']
const executableNames = [...shellNames, 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']

// Without the switches from --disable-background-networking on, a fresh profile calls its maker's hosts at every start.
const switches = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Path of the browser to test with: `CHROMIUM_PATH`, else the first of headless shell, Chromium and Chrome on `PATH`. */
export function findChromium(): string | undefined {
  const given = process.env.CHROMIUM_PATH
  if (given !== undefined && given !== '') return isExecutable(given) ? given : undefined
  const directories = (process.env.PATH ?? '').split(delimiter).filter((directory) => directory !== '')
  return executableNames
    .flatMap((name) => directories.map((directory) => join(directory, name)))
    .find((path) => isExecutable(path))
}

/** What a browser is started with. */
export interface LaunchChromiumOptions {
  /** As `--host-resolver-rules` has it, such as `MAP lossline.test 127.0.0.1`: an origin of this machine that no browser trusts. */
  readonly hostRules?: string
}

/**
 * Starts a headless browser with an empty profile of its own. `await using` closes it and removes the profile.
 *
 * @returns `undefined` where no browser is installed: skip the test then.
 */
export async function launchChromium({ hostRules }: LaunchChromiumOptions = {}): Promise<Browser | undefined> {
  const executablePath = findChromium()
  if (executablePath === undefined) return undefined
  const args = hostRules === undefined ? switches : [...switches, `--host-resolver-rules=${hostRules}`]
  return chromium.launch({ executablePath, args, chromiumSandbox: false })
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
