import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

interface PackageFile {
  readonly folder: string
  readonly content: Readonly<Record<string, unknown>>
}

/**
 * Lists the packages that the nearest `package.json` depends on, as they are installed: lines `name==version`, the
 * form of W&B's `requirements.txt`, sorted. Empty when there is none. Never rejects.
 */
export async function readRequirements(start: string): Promise<string> {
  const manifest = await findManifest(start)
  if (manifest === undefined) return ''
  const names = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'].flatMap((field) => {
    const dependencies = manifest.content[field]
    return typeof dependencies === 'object' && dependencies !== null ? Object.keys(dependencies) : []
  })
  const lines = await Promise.all(
    [...new Set(names)].sort().map(async (name) => {
      const version = await findInstalledVersion(manifest.folder, name)
      return version === undefined ? '' : `${name}==${version}\n`
    }),
  )
  return lines.join('')
}

async function findManifest(start: string): Promise<PackageFile | undefined> {
  for (const folder of foldersUpwards(start)) {
    const content = await maybeReadManifest(join(folder, 'package.json'))
    if (content !== undefined) return { folder, content }
  }
  return undefined
}

async function findInstalledVersion(start: string, name: string): Promise<string | undefined> {
  for (const folder of foldersUpwards(start)) {
    const content = await maybeReadManifest(join(folder, 'node_modules', name, 'package.json'))
    if (typeof content?.version === 'string') return content.version
  }
  return undefined
}

async function maybeReadManifest(path: string): Promise<PackageFile['content'] | undefined> {
  try {
    const content: unknown = JSON.parse(await readFile(path, 'utf8'))
    return typeof content === 'object' && content !== null ? (content as PackageFile['content']) : undefined
  } catch {
    return undefined
  }
}

function* foldersUpwards(start: string): Generator<string> {
  for (let folder = start; ; folder = dirname(folder)) {
    yield folder
    if (dirname(folder) === folder) return
  }
}
