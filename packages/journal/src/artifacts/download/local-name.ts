import { mkdirSync, realpathSync } from 'node:fs'
import { dirname, join, relative, resolve, sep } from 'node:path'
import { parseEntryPath } from '@lossline/protocol'
import { DownloadError } from './download-error.ts'

// Names that Windows keeps for devices, with any ending.
const windowsDevices = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?$/i

/**
 * The name under which a file of an artifact is kept on a system. On Windows `:` becomes `-`, as in W&B's client.
 *
 * @throws {@link DownloadError} `download-unsafe` for what the system cannot have; {@link ProtocolError} for a path that
 *   leads out of the artifact.
 */
export function toLocalName(path: string, platform: NodeJS.Platform = process.platform): string {
  const parts = parseEntryPath(path).split('/')
  if (platform !== 'win32') return parts.join('/')
  return parts
    .map((part) => {
      const name = part.replaceAll(':', '-')
      const isBad = /[\\<>"|?*]|[. ]$/.test(name) || windowsDevices.test(name) || [...name].some((c) => c < ' ')
      if (!isBad) return name
      throw new DownloadError({
        code: 'download-unsafe',
        message: `"${path}" cannot be a file on Windows.`,
        hint: 'Download the other files with the options files or pathPrefix.',
      })
    })
    .join('/')
}

/** Makes sure that files are put below one folder, whatever links are in it. */
export interface DownloadRoot {
  /** Absolute path for a file of an artifact; its folder exists afterwards. @throws as {@link toLocalName}. */
  place(path: string): string
}

export function createDownloadRoot(root: string): DownloadRoot {
  const absolute = resolve(root)
  const checked = new Set<string>()
  let real: string | undefined
  return {
    place(path) {
      const target = join(absolute, ...toLocalName(path).split('/'))
      const folder = dirname(target)
      if (checked.has(folder)) return target
      mkdirSync(folder, { recursive: true })
      real ??= realpathSync(absolute)
      const inside = relative(real, realpathSync(folder))
      if (inside === '..' || inside.startsWith(`..${sep}`) || resolve(inside) === inside) {
        throw new DownloadError({
          code: 'download-unsafe',
          message: `"${path}" would be written outside "${root}": a folder in it is a link to elsewhere.`,
          hint: 'Remove the link, or download into another folder.',
        })
      }
      checked.add(folder)
      return target
    },
  }
}
