import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Path of a program in the search path or in one of some further folders; undefined where it is not installed. */
export function findTool(name: string, furtherFolders: readonly string[] = []): string | undefined {
  const fileName = process.platform === 'win32' ? `${name}.exe` : name
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...furtherFolders]
  return folders.map((folder) => join(folder, fileName)).find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
