import { execFile } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import type { JsonObject } from '@lossline/protocol'
import { findPythonClient, openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { Artifact, init } from '../src/index.ts'

const client = findPythonClient()
const script = fileURLToPath(new URL('python/artifact_manifest.py', import.meta.url))

interface Shown {
  readonly digest: string
  readonly contents: Readonly<Record<string, JsonObject>>
}

function show(artifact: Artifact): Shown {
  const contents = artifact.entries.map(({ path, digest, sizeBytes, ref, extra }) => [
    path,
    {
      digest,
      ...(sizeBytes === undefined ? {} : { size: sizeBytes }),
      ...(ref === undefined ? {} : { ref }),
      ...(Object.keys(extra).length === 0 ? {} : { extra }),
    },
  ])
  return { digest: artifact.digest, contents: Object.fromEntries(contents) }
}

/** Without what says only where the file is on this machine. */
function comparable({ digest, contents }: Shown): Shown {
  const entries = Object.entries(contents).map(([path, entry]) => {
    const { local_path: _path, skip_cache: _cache, ...rest } = entry
    return [path, rest] as const
  })
  return { digest, contents: Object.fromEntries(entries) }
}

test.skipIf('missing' in client)("manifests and digests are those of W&B's client", { timeout: 120_000 }, async () => {
  await using directory = await openTemporaryDirectory()
  const folder = directory.join('folder')
  mkdirSync(directory.join('folder/sub/deep'), { recursive: true })
  // Names on both sides of the surrogates, where the order of code points is not that of UTF-16 units.
  for (const name of [
    'a.txt',
    'b.txt',
    'empty',
    'sub/größe.txt',
    'sub/deep/\u{1f600}',
    'sub/deep/\uffee',
    'sub/A',
    'sub/a',
  ]) {
    writeFileSync(directory.join('folder', name), name === 'empty' ? '' : `content of ${name}`)
  }
  const server = createServer((request, response) => {
    if (request.url === '/tagged.bin') response.setHeader('etag', '"5d41402abc4b2a76b9719d911017c592"')
    response.setHeader('content-length', '5')
    response.end(request.method === 'HEAD' ? undefined : 'hello')
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  try {
    const python = 'python' in client ? client.python : ''
    const { stdout } = await promisify(execFile)(python, [script, folder, url], {
      env: { ...process.env, WANDB_DATA_DIR: directory.path, WANDB_CACHE_DIR: directory.path, WANDB_SILENT: 'true' },
    })
    const theirs = JSON.parse(/^RESULT (.*)$/m.exec(stdout)?.[1] ?? '') as Record<'files' | 'references', Shown>

    await using _run = await init({ dir: directory.path, mode: 'offline', silent: true })
    const files = new Artifact('files', 'dataset')
    await files.addDir(folder)
    await files.addFile(directory.join('folder/b.txt'), { name: 'renamed/b.txt' })
    await files.addBuffer('new ü', 'new.txt')
    expect(show(files)).toEqual(comparable(theirs.files))

    const references = new Artifact('references', 'dataset')
    await references.addReference(`${url}/tagged.bin`)
    await references.addReference(`${url}/untagged.bin`, { name: 'folder/untagged.bin' })
    await references.addReference(`${url}/unchecked.bin`, { checksum: false })
    const file = pathToFileURL(directory.join('folder/b.txt')).href
    await references.addReference(file)
    await references.addReference(file, { name: 'by-address.txt', checksum: false })
    await references.addReference(pathToFileURL(directory.join('folder/sub')).href, { name: 'sub' })
    await references.addReference('hf://model/weights', { name: 'weights' })
    expect(show(references)).toEqual(comparable(theirs.references))
  } finally {
    server.close()
  }
})
