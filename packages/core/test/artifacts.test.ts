import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { startServer } from '@lossline/server'
import { openTemporaryDirectory, type TemporaryDirectory } from '@lossline/testing'
import { afterEach, describe, expect, test } from 'vitest'
import { Artifact, type ArtifactVersion, activeRun, Image, type InitOptions, init, Table } from '../src/index.ts'

interface Place extends AsyncDisposable {
  readonly directory: TemporaryDirectory
  readonly options: InitOptions<Record<string, unknown>>
}

/** No server is up: a temporary one answers. */
async function openLocal(): Promise<Place> {
  const directory = await openTemporaryDirectory()
  return {
    directory,
    options: { dir: directory.path, project: 'digits', silent: true },
    [Symbol.asyncDispose]: () => directory[Symbol.asyncDispose](),
  }
}

/** `lossline serve` is up in the folder. */
async function openServed(): Promise<Place> {
  const local = await openLocal()
  const server = await startServer({ dataDirectory: local.directory.join('.lossline'), port: 0 })
  return {
    ...local,
    async [Symbol.asyncDispose]() {
      await server.close()
      await local[Symbol.asyncDispose]()
    },
  }
}

/** The server is elsewhere, and runs are sent to it. */
async function openOnline(): Promise<Place> {
  const local = await openLocal()
  const server = await startServer({ dataDirectory: local.directory.join('elsewhere'), port: 0 })
  return {
    ...local,
    options: { ...local.options, mode: 'online', baseUrl: server.url, apiKey: 'k'.repeat(40) },
    async [Symbol.asyncDispose]() {
      await server.close()
      await local[Symbol.asyncDispose]()
    },
  }
}

// A test that fails leaves its run open, and the next could not begin.
afterEach(() => activeRun()?.finish())

/** A version as a plain object: matchers cannot look at one with private parts. */
function factsOf(version: ArtifactVersion) {
  const { id, name, type, entity, project, state, digest, fileCount, sizeBytes, isLink } = version
  const { description, metadata, tags, ttlMs } = version
  const aliases = version.aliases.toSorted()
  const place = { entity, project, name, version: version.version, isLink }
  return { ...place, id, type, state, digest, fileCount, sizeBytes, description, metadata, aliases, tags, ttlMs }
}

async function makeDataset(content: string): Promise<Artifact> {
  const artifact = new Artifact('mnist', 'dataset', { metadata: { rows: content.length } })
  await artifact.addBuffer(content, 'train/images.bin')
  await artifact.addBuffer('labels', 'labels.txt')
  await artifact.addBuffer('', 'empty')
  return artifact
}

describe.each([
  ['in local mode, no server up', openLocal],
  ['in local mode, a server up', openServed],
  ['in online mode', openOnline],
])('%s', (_name, open) => {
  test('versions are logged, found, downloaded, linked and traced', { timeout: 60_000 }, async () => {
    await using place = await open()
    const run = await init(place.options)
    const first = await run.logArtifact(await makeDataset('one'), { aliases: ['best'], tags: ['raw'] }).wait()
    expect(factsOf(first)).toMatchObject({
      version: 'v0',
      state: 'committed',
      aliases: ['best', 'latest'],
      tags: ['raw'],
    })
    expect(factsOf(first)).toMatchObject({ metadata: { rows: 3 }, fileCount: 3, sizeBytes: 9, isLink: false })
    const again = await run.logArtifact(await makeDataset('one'), { aliases: 'again' }).wait()
    expect(factsOf(again)).toMatchObject({ version: 'v0', id: first.id, digest: first.digest })
    const second = await run.logArtifact(await makeDataset('two!')).wait()
    expect(factsOf(second)).toMatchObject({ version: 'v1', name: 'mnist', project: 'digits' })
    expect(await second.loggedBy()).toMatchObject({ id: run.id, name: run.name })
    await run.finish()

    const user = await init({ ...place.options, project: 'others' })
    const used = await user.useArtifact('digits/mnist:best', { type: 'dataset', as: 'training-data' })
    expect(factsOf(used)).toMatchObject({ version: 'v0', entity: first.entity, project: 'digits' })
    const root = place.directory.join('data')
    expect(await used.download({ root })).toBe(root)
    expect(readFileSync(join(root, 'train/images.bin'), 'utf8')).toBe('one')
    expect(readdirSync(root, { recursive: true }).sort()).toEqual(['empty', 'labels.txt', 'train', 'train/images.bin'])
    await used.verify(root)
    const url = (await used.fileUrls()).get('labels.txt') ?? ''
    expect(await (await fetch(url)).text()).toBe('labels')
    // What is there is left alone; what is damaged is fetched again.
    const before = statSync(join(root, 'labels.txt'))
    writeFileSync(join(root, 'train/images.bin'), 'bad')
    await expect(used.verify(root)).rejects.toMatchObject({ code: 'artifact-verification' })
    await used.download({ root })
    expect(readFileSync(join(root, 'train/images.bin'), 'utf8')).toBe('one')
    expect(statSync(join(root, 'labels.txt')).ino).toBe(before.ino)

    for (const name of ['digits/mnist', 'digits/mnist:latest', 'digits/mnist:v1', `digits/mnist:${second.digest}`]) {
      expect((await user.useArtifact(name)).id).toBe(second.id)
    }
    await expect(user.useArtifact('digits/mnist:v7')).rejects.toMatchObject({ code: 'artifact-not-found' })
    await expect(user.useArtifact('nowhere/mnist:v0')).rejects.toMatchObject({ code: 'artifact-not-found' })
    await expect(user.useArtifact('digits/mnist', { type: 'model' })).rejects.toMatchObject({
      code: 'artifact-type-mismatch',
    })
    expect((await first.usedBy()).map(({ path }) => path)).toEqual([`${first.entity}/others/${user.id}`])

    const link = await used.link('collection/favourites', { aliases: ['good'] })
    expect(factsOf(link)).toMatchObject({ isLink: true, version: 'v0', project: 'collection', name: 'favourites' })
    expect(link.sourceName).toBe(`${first.entity}/digits/mnist:v0`)
    expect((await link.source()).qualifiedName).toBe(`${first.entity}/digits/mnist:v0`)
    expect((await first.links()).map(({ qualifiedName }) => qualifiedName)).toEqual([link.qualifiedName])
    expect(await link.file('labels.txt', { root: place.directory.join('linked') })).toBe(
      place.directory.join('linked/labels.txt'),
    )
    await link.unlink()
    expect(await first.links()).toEqual([])

    first.aliases = ['production']
    first.tags = ['clean']
    first.description = 'the first'
    first.metadata = { rows: 4 }
    first.ttlMs = 7_200_000
    await first.save()
    const edited = await user.useArtifact('digits/mnist:production')
    expect(factsOf(edited)).toMatchObject({
      id: first.id,
      tags: ['clean'],
      description: 'the first',
      metadata: { rows: 4 },
    })
    // What somebody else has added meanwhile stays.
    expect(factsOf(edited)).toMatchObject({ aliases: ['again', 'production'], ttlMs: 7_200_000 })
    await expect(user.useArtifact('digits/mnist:best')).rejects.toMatchObject({ code: 'artifact-not-found' })

    await expect(second.delete()).rejects.toMatchObject({
      code: 'artifact-invalid',
      message: expect.stringMatching(/has aliases \([^()]*"latest"[^()]*\) and is not deleted/),
      hint: expect.stringContaining('deleteAliases: true'),
    })
    await second.delete({ deleteAliases: true })
    expect((await user.useArtifact('digits/mnist')).id).toBe(first.id)

    const draft = await first.newDraft()
    draft.remove('empty')
    await draft.addBuffer('more', 'more.txt')
    await user.finish()
    const editor = await init(place.options)
    const third = await editor.logArtifact(draft).wait()
    expect((await third.entries()).map(({ path }) => path)).toEqual(['labels.txt', 'more.txt', 'train/images.bin'])
    await third.download({ root: place.directory.join('third') })
    expect(readFileSync(place.directory.join('third/train/images.bin'), 'utf8')).toBe('one')

    const increment = new Artifact('mnist', 'dataset', { incremental: true })
    await increment.addBuffer('incremented', 'labels.txt')
    const fourth = await editor.logArtifact(increment).wait()
    expect((await fourth.entries()).map(({ path }) => path)).toEqual(['labels.txt', 'more.txt', 'train/images.bin'])
    expect(readFileSync(await fourth.file('labels.txt', { root: place.directory.join('4') }), 'utf8')).toBe(
      'incremented',
    )
    await editor.finish()
  })

  test('references, other artifacts, models, code and files of runs', { timeout: 60_000 }, async () => {
    await using place = await open()
    const run = await init(place.options)
    const source = new Artifact('source', 'dataset')
    await source.addBuffer('the source', 'source.txt')
    const logged = run.logArtifact(source)
    const [entry] = await logged.entries()
    const file = place.directory.join('outside.txt')
    writeFileSync(file, 'outside')
    const composed = new Artifact('composed', 'dataset')
    await composed.addReference(entry!, { name: 'linked/source.txt' })
    await composed.addReference(`file://${file}`)
    await composed.addReference('hf://model/weights', { name: 'weights' })
    const version = await run.logArtifact(composed).wait()
    const root = place.directory.join('composed')
    await expect(version.download({ root })).rejects.toMatchObject({ code: 'artifact-reference' })
    await version.download({ root, allowMissingReferences: true })
    expect(readFileSync(join(root, 'linked/source.txt'), 'utf8')).toBe('the source')
    expect(readFileSync(join(root, 'outside.txt'), 'utf8')).toBe('outside')
    expect(existsSync(join(root, 'weights'))).toBe(false)

    const values = new Artifact('values', 'dataset')
    const pixels = new Image(new Uint8Array([0, 90, 180, 255]), { width: 2, height: 2, channels: 1, caption: 'four' })
    const at = new Date(1_700_000_000_000)
    const rows = [
      ['good', 0.5, pixels, at],
      ['bad', 1.5, pixels, at],
    ]
    const table = new Table({ columns: ['text', 'score', 'image', 'at'], rows })
    expect((await values.add(table, 'examples')).path).toBe('examples.table.json')
    expect((await values.add(pixels, 'pictures/four')).path).toBe('pictures/four.image-file.json')
    const valuesVersion = await run.logArtifact(values).wait()
    const got = await valuesVersion.get('examples', { root: place.directory.join('values') })
    expect(got).toBeInstanceOf(Table)
    expect((got as Table).columns).toEqual(['text', 'score', 'image', 'at'])
    const [[text, score, image, time] = []] = [...(got as Table)]
    expect([text, score, time]).toEqual(['good', 0.5, at])
    expect(image).toBeInstanceOf(Image)
    expect(await valuesVersion.get('pictures/four', { root: place.directory.join('values') })).toBeInstanceOf(Image)
    await expect(valuesVersion.get('nothing')).rejects.toMatchObject({ code: 'artifact-entry-missing' })

    const model = place.directory.join('model.onnx')
    writeFileSync(model, 'weights')
    await run.logModel(model, { name: 'cnn', aliases: ['first'] }).wait()
    process.env.LOSSLINE_ARTIFACT_DIR = place.directory.join('artifacts')
    try {
      const path = await run.useModel('cnn:first')
      expect(path).toBe(place.directory.join('artifacts/cnn:v0/model.onnx'))
      expect(readFileSync(path, 'utf8')).toBe('weights')
    } finally {
      delete process.env.LOSSLINE_ARTIFACT_DIR
    }
    const registered = await run.linkModel(model, 'digits', { name: 'cnn', aliases: ['production'] })
    expect(factsOf(registered)).toMatchObject({
      project: 'model-registry',
      name: 'digits',
      aliases: ['latest', 'production'],
    })
    await expect(run.useModel('source')).rejects.toMatchObject({ code: 'artifact-invalid' })

    const code = place.directory.join('code')
    mkdirSync(join(code, 'node_modules/x'), { recursive: true })
    for (const name of ['train.ts', 'notes.md', 'node_modules/x/index.js']) writeFileSync(join(code, name), name)
    const codeVersion = await run.logCode(code, { name: 'source-mine' })
    expect((await codeVersion!.entries()).map(({ path }) => path)).toEqual(['train.ts'])

    const checkpoints = place.directory.join('checkpoints')
    mkdirSync(checkpoints)
    for (const name of ['a.ckpt', 'b.ckpt', 'c.txt']) writeFileSync(join(checkpoints, name), name)
    expect(run.save(join(checkpoints, '*.ckpt'), { policy: 'now' })).toEqual(
      ['a.ckpt', 'b.ckpt'].map((name) => join(run.directory, 'files/checkpoints', name)),
    )
    await run.finish()
    const later = await init(place.options)
    const restored = await later.restore('checkpoints/a.ckpt', { runPath: run.id })
    expect(restored).toBe(join(later.directory, 'files/checkpoints/a.ckpt'))
    expect(readFileSync(restored, 'utf8')).toBe('a.ckpt')
    await expect(later.restore('nothing', { runPath: run.id })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringContaining('no file "nothing" of the run'),
    })
    await expect(later.restore('nothing', { runPath: 'no-run' })).rejects.toMatchObject({
      code: 'not-found',
      message: expect.stringMatching(/no run "[^"]*no-run" on/),
    })
    await later.finish()
  })

  test('several runs make one version together', { timeout: 60_000 }, async () => {
    await using place = await open()
    const group = { ...place.options, group: 'shards' }
    for (const shard of ['a', 'b']) {
      const run = await init(group)
      const part = new Artifact('shards', 'dataset')
      await part.addBuffer(`shard ${shard}`, `${shard}.txt`)
      run.upsertArtifact(part)
      await run.finish()
    }
    const run = await init(group)
    const last = new Artifact('shards', 'dataset')
    await last.addBuffer('shard c', 'c.txt')
    // A server that answers has read the folders of the runs before.
    await expect(run.useArtifact('shards')).rejects.toMatchObject({ code: 'artifact-not-found' })
    const version = await run.finishArtifact(last).wait()
    expect((await version.entries()).map(({ path }) => path)).toEqual(['a.txt', 'b.txt', 'c.txt'])
    await run.finish()
  })
})

describe('what is not there', () => {
  test('a server: a wait ends in time, and the version is there when the server is back', async () => {
    await using directory = await openTemporaryDirectory()
    const dataDirectory = directory.join('elsewhere')
    const first = await startServer({ dataDirectory, port: 0, log: () => {} })
    const place = { mode: 'online', baseUrl: first.url, apiKey: 'k'.repeat(40) } as const
    const run = await init({ dir: directory.path, project: 'digits', silent: true, ...place })
    await first.close()
    const version = run.logArtifact(await makeDataset('one'))
    // Enough to write it to the journal, so that what takes too long is the server's answer.
    await expect(version.wait({ timeoutMs: 1500 })).rejects.toMatchObject({
      name: 'ArtifactError',
      code: 'artifact-timeout',
      message: 'Artifact "mnist" is not on the server yet, and the time to wait for it is over.',
      hint: expect.stringContaining('timeoutMs'),
    })
    await expect(version.wait({ signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough')
    expect(version.state).toBe('queued')
    const again = await startServer({ dataDirectory, port: Number(new URL(first.url).port), log: () => {} })
    try {
      expect((await version.wait()).version).toBe('v0')
      await run.finish()
    } finally {
      await again.close()
    }
  })

  test('files of a version that somebody has deleted meanwhile are said not to be there', async () => {
    await using place = await openServed()
    const run = await init(place.options)
    const version = await run.logArtifact(await makeDataset('one')).wait()
    const stale = await run.useArtifact('mnist:v0')
    await version.delete({ deleteAliases: true })
    const gone = {
      code: 'artifact-download',
      message: 'The server does not list the files of mnist:v0.',
      hint: 'It may have been deleted.',
    }
    await expect(stale.fileUrls()).rejects.toMatchObject(gone)
    const root = place.directory.join('data')
    await expect(stale.download({ root })).rejects.toMatchObject({ code: 'artifact-download' })
    expect(existsSync(root)).toBe(false)
    await run.finish()
  })

  test('a file that a reference names and that is gone is said, and the rest is there', async () => {
    await using place = await openServed()
    const run = await init(place.options)
    const files = ['kept.txt', 'checked.txt', 'unchecked.txt'].map((name) => place.directory.join(name))
    for (const file of files) writeFileSync(file, file)
    const artifact = new Artifact('outside', 'dataset')
    const [kept, checked, unchecked] = files
    await artifact.addReference(`file://${kept}`)
    await artifact.addReference(`file://${checked}`)
    await artifact.addReference(`file://${unchecked}`, { checksum: false })
    const version = await run.logArtifact(artifact).wait()
    for (const file of [checked!, unchecked!]) {
      rmSync(file)
      const name = basename(file)
      await expect(version.file(name, { root: place.directory.join('some') })).rejects.toMatchObject({
        name: 'DownloadError',
        code: 'download-missing',
        message: `"${name}" refers to "${file}", which is not there.`,
        hint: 'Pass allowMissingReferences: true to download the rest.',
      })
    }
    const root = await version.download({ root: place.directory.join('all'), allowMissingReferences: true })
    expect(readdirSync(root)).toEqual(['kept.txt'])
    await run.finish()
  })
})

describe('offline', () => {
  test('asking is refused, logging is not', async () => {
    await using place = await openLocal()
    await using run = await init({ ...place.options, mode: 'offline' })
    const offline = { code: 'offline-ask' }
    const version = run.logArtifact(await makeDataset('one'))
    expect(version.state).toBe('queued')
    expect((await version.entries()).map(({ path }) => path)).toEqual(['empty', 'labels.txt', 'train/images.bin'])
    await expect(version.wait()).rejects.toMatchObject(offline)
    await expect(version.download()).rejects.toMatchObject(offline)
    await expect(run.useArtifact('mnist')).rejects.toMatchObject(offline)
    await expect(run.linkArtifact(new Artifact('unlinked', 'text'), 'a')).rejects.toMatchObject(offline)
    await expect(run.linkModel('model', 'registered')).rejects.toMatchObject(offline)
    await expect(run.restore('a')).rejects.toMatchObject(offline)
    expect(run.upsertArtifact(await makeDataset('one'), { distributedId: 'x' }).state).toBe('queued')
    expect(() => run.upsertArtifact(new Artifact('a', 'text'))).toThrow(
      expect.objectContaining({ code: 'artifact-invalid' }),
    )
  })

  test('a path that is not there is said by the call that logs it', async () => {
    await using place = await openLocal()
    await using run = await init({ ...place.options, mode: 'offline' })
    const missing = expect.objectContaining({
      code: 'artifact-file-missing',
      message: expect.stringContaining('nope.bin'),
    })
    expect(() => run.logArtifact(place.directory.join('nope.bin'))).toThrow(missing)
    expect(() => run.logModel(place.directory.join('nope.bin'))).toThrow(missing)
  })

  test('links to names that no artifact can have are refused before anything is logged', async () => {
    await using place = await openLocal()
    await using run = await init({ ...place.options, mode: 'offline' })
    const refused = { code: 'invalid-name' }
    const draft = new Artifact('a', 'text')
    await expect(run.linkArtifact(draft, 'a b')).rejects.toMatchObject(refused)
    expect(draft.isFrozen).toBe(false)
    await expect(run.linkModel('model', 'registered ü')).rejects.toMatchObject(refused)
    await expect(run.logArtifact(draft).link('p/a b')).rejects.toMatchObject(refused)
  })

  test('metadata hold no functions', () => {
    const metadata = { made: { by: () => 1 } }
    expect(() => new Artifact('a', 'text', { metadata })).toThrow(
      expect.objectContaining({ code: 'artifact-invalid', message: expect.stringContaining('"made.by"') }),
    )
  })
})
