import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fromManifestRecord, manifestDigest } from '@lossline/protocol'
import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { describe, expect, test, vi } from 'vitest'
import { Artifact, Audio, Image, init, Table } from '../src/index.ts'
import { readRun } from './read-run.ts'

const md5 = (text: string): string => createHash('md5').update(text).digest('base64')

describe('a draft', () => {
  test('becomes a record of the journal, its contents staged beside it', async () => {
    await using directory = await openTemporaryDirectory()
    const run = await init({ dir: directory.path, project: 'digits', mode: 'offline', silent: true })
    const file = join(directory.path, 'weights.bin')
    writeFileSync(file, 'weights')
    const artifact = new Artifact('digits-cnn', 'model', {
      description: 'small',
      metadata: { layers: 3, loss: Number.NaN },
    })
    await artifact.addFile(file, { name: 'model/weights.bin' })
    writeFileSync(file, 'changed after it was added')
    await artifact.addBuffer('{"a":1}', 'config.json')
    await artifact.addBuffer('', 'empty')
    const version = run.logArtifact(artifact, { aliases: ['best'], tags: 'small', ttlMs: 86_400_000 })
    expect(version).toMatchObject({
      name: 'digits-cnn',
      type: 'model',
      state: 'queued',
      fileCount: 3,
      version: undefined,
    })
    await run.finish()

    const { records, directory: runDirectory } = await readRun(directory.path)
    const [record] = records.flatMap((entry) => (entry.kind === 'artifact' ? [entry.artifact] : []))
    const entries = fromManifestRecord(record?.manifest ?? {})
    expect(record).toMatchObject({
      runId: run.id,
      project: 'digits',
      type: 'model',
      name: 'digits-cnn',
      description: 'small',
      metadata: '{"layers":3,"loss":null}',
      aliases: ['best', 'latest'],
      tags: ['small'],
      finalize: true,
      digest: manifestDigest(entries),
      clientId: version.clientId,
    })
    expect(Number(record?.ttlDurationSeconds)).toBe(86_400)
    expect(entries.map(({ path, digest, size }) => ({ path, digest, size }))).toEqual([
      { path: 'config.json', digest: md5('{"a":1}'), size: 7 },
      { path: 'empty', digest: md5(''), size: 0 },
      { path: 'model/weights.bin', digest: md5('weights'), size: 7 },
    ])
    for (const { localPath = '' } of entries) {
      expect(localPath.startsWith(join(runDirectory, 'artifacts'))).toBe(true)
      const sha256 = createHash('sha256').update(readFileSync(localPath)).digest('hex')
      expect(localPath.endsWith(sha256)).toBe(true)
      expect(statSync(localPath).nlink).toBe(2)
    }
  })

  test('of which the program does not wait for all is logged when all is there', async () => {
    await using directory = await openTemporaryDirectory()
    const run = await init({ dir: directory.path, mode: 'offline', silent: true })
    const artifact = new Artifact('notes', 'text')
    const file = artifact.newFile('notes.txt')
    void file.write('first ')
    void file.write('second')
    void file.close()
    run.logArtifact(artifact)
    await run.finish()
    const { records } = await readRun(directory.path)
    const [record] = records.flatMap((entry) => (entry.kind === 'artifact' ? [entry.artifact] : []))
    const [entry] = fromManifestRecord(record?.manifest ?? {})
    expect(readFileSync(entry?.localPath ?? '', 'utf8')).toBe('first second')
  })

  test('is not logged while a new file of it is open', async () => {
    await using directory = await openTemporaryDirectory()
    await using run = await init({ dir: directory.path, mode: 'offline', silent: true })
    const artifact = new Artifact('notes', 'text')
    const file = artifact.newFile('notes.txt')
    expect(() => run.logArtifact(artifact)).toThrow(expect.objectContaining({ code: 'artifact-invalid' }))
    await file.close()
    expect(run.logArtifact(artifact).fileCount).toBe(1)
  })

  test('before any run is kept in the data folder of the settings', async () => {
    await using directory = await openTemporaryDirectory()
    vi.stubEnv('LOSSLINE_DATA_DIR', directory.join('elsewhere'))
    try {
      await new Artifact('early', 'text').addBuffer('early', 'early.txt')
      expect(existsSync(directory.join('elsewhere', 'blobs'))).toBe(true)
    } finally {
      vi.unstubAllEnvs()
    }
  })

  test('given by its path is kept with the run that logs it', async () => {
    await using directory = await openTemporaryDirectory()
    await using other = await openTemporaryDirectory()
    writeFileSync(directory.join('a.txt'), 'a')
    const first = await init({ dir: directory.path, mode: 'offline', silent: true })
    await using _second = await init({ dir: other.path, mode: 'offline', silent: true, reinit: 'createNew' })
    first.logArtifact(directory.join('a.txt'))
    await first.finish()
    expect(existsSync(other.join('.lossline', 'blobs'))).toBe(false)
  })

  test('before any run finds its place by itself, and is staged when it is logged', async () => {
    await using directory = await openTemporaryDirectory()
    const cwd = process.cwd()
    process.chdir(directory.path)
    try {
      const artifact = new Artifact('early', 'text')
      await artifact.addBuffer('early', 'early.txt')
      const run = await init({ mode: 'offline', silent: true })
      run.logArtifact(artifact)
      await run.finish()
      const { records } = await readRun(directory.path)
      const [record] = records.flatMap((entry) => (entry.kind === 'artifact' ? [entry.artifact] : []))
      expect(fromManifestRecord(record?.manifest ?? {}).every(({ localPath }) => existsSync(localPath ?? ''))).toBe(
        true,
      )
    } finally {
      process.chdir(cwd)
    }
  })

  test('cannot be changed after it was logged', async () => {
    await using directory = await openTemporaryDirectory()
    await using run = await init({ dir: directory.path, mode: 'offline', silent: true })
    const artifact = new Artifact('frozen', 'text')
    run.logArtifact(artifact)
    const frozen = expect.objectContaining({ code: 'artifact-frozen' })
    await expect(artifact.addBuffer('a', 'a')).rejects.toThrow(frozen)
    expect(() => artifact.remove('a')).toThrow(frozen)
    expect(() => {
      artifact.metadata = {}
    }).toThrow(frozen)
  })

  test('refuses what cannot be', async () => {
    await using directory = await openTemporaryDirectory()
    await using _run = await init({ dir: directory.path, mode: 'offline', silent: true })
    const invalid = expect.objectContaining({ code: 'artifact-invalid' })
    expect(() => new Artifact('a b', 'text')).toThrow(expect.objectContaining({ code: 'invalid-name' }))
    expect(() => new Artifact('a', 'wandb-internal')).toThrow(invalid)
    expect(() => new Artifact('a', 'text', { metadata: { loss: Number.POSITIVE_INFINITY } })).toThrow(invalid)
    const many = Object.fromEntries(Array.from({ length: 101 }, (_, index) => [`key${index}`, index]))
    expect(() => new Artifact('a', 'text', { metadata: many })).toThrow(invalid)
    expect(() => new Artifact('a', 'text', { ttlMs: 10 })).toThrow(invalid)
    const artifact = new Artifact('a', 'text')
    expect(() => {
      artifact.aliases = ['v3']
    }).toThrow(invalid)
    await artifact.addBuffer('one', 'one')
    await artifact.addBuffer('one', 'one')
    const taken = expect.objectContaining({ code: 'artifact-path-taken' })
    await expect(artifact.addBuffer('two', 'one')).rejects.toThrow(taken)
    await expect(artifact.addBuffer('two', 'one/two')).rejects.toThrow(taken)
    await artifact.addBuffer('two', 'one', { overwrite: true })
    await artifact.addBuffer('three', 'folder/three')
    await expect(artifact.addBuffer('two', 'folder')).rejects.toThrow(taken)
    await expect(artifact.addBuffer('two', '../two')).rejects.toThrow(expect.objectContaining({ code: 'invalid-name' }))
    await expect(artifact.addFile(join(directory.path, 'missing'))).rejects.toThrow(
      expect.objectContaining({ code: 'artifact-file-missing', message: expect.stringContaining('missing') }),
    )
    await expect(artifact.addFile(directory.path)).rejects.toThrow(
      expect.objectContaining({ code: 'artifact-file-unsupported' }),
    )
    expect(artifact.entries.map(({ path }) => path)).toEqual(['folder/three', 'one'])
    artifact.remove('folder')
    expect(() => artifact.remove('folder')).toThrow(expect.objectContaining({ code: 'artifact-entry-missing' }))
    expect(artifact.fileCount).toBe(1)
  })

  test('in disabled mode leaves nothing on disk', async () => {
    await using directory = await openTemporaryDirectory()
    await using run = await init({ dir: directory.path, mode: 'disabled', silent: true })
    const artifact = new Artifact('a', 'text')
    await artifact.addBuffer('one', 'one')
    const file = artifact.newFile('two')
    await file.write('two')
    await file.close()
    expect(run.logArtifact(artifact).digest).toBe(
      manifestDigest([
        { path: 'one', digest: md5('one') },
        { path: 'two', digest: md5('two') },
      ]),
    )
    expect(existsSync(join(directory.path, '.lossline'))).toBe(false)
  })

  test('whose files are still being read when the process exits is named', async () => {
    await using directory = await openTemporaryDirectory()
    mkdirSync(directory.join('data'))
    for (let index = 0; index < 50; index += 1) {
      writeFileSync(directory.join('data', String(index)), Buffer.alloc(100_000, index))
    }
    const program = new URL('programs/artifact-exit.ts', import.meta.url)
    await using child = spawnScript(program, {
      args: [directory.join('data')],
      cwd: directory.path,
      env: { LOSSLINE_SILENT: 'false' },
    })
    expect(await child.exited).toMatchObject({ exitCode: 0 })
    expect(child.stderr).toContain(
      'Artifact "large" was not logged: the run ended while its files were still being read.',
    )
    expect((await readRun(directory.path)).exitCode).toBe(0)
  })
})

describe('media in a draft', () => {
  test('are taken as they are at the call, and encoded and kept by another thread', async () => {
    await using directory = await openTemporaryDirectory()
    const run = await init({ dir: directory.path, mode: 'offline', silent: true })
    const blobs = join(run.directory, '../../blobs')
    const pixels = new Uint8Array(64 * 64).fill(7)
    const artifact = new Artifact('digits', 'dataset')
    const adding = artifact.add(new Image(pixels, { width: 64, height: 64 }), 'seven')
    pixels.fill(8)
    expect(existsSync(blobs)).toBe(false)
    await adding
    const table = new Table({ columns: ['x', 'text'], rows: [[1, 'one']] })
    const addingTable = artifact.add(table, 'numbers')
    table.addRow(2, 'two')
    await addingTable
    const again = new Artifact('again', 'dataset')
    await again.add(new Image(new Uint8Array(64 * 64).fill(7), { width: 64, height: 64 }), 'seven')
    await again.add(new Table({ columns: ['x', 'text'], rows: [[1, 'one']] }), 'numbers')
    expect(artifact.digest).toBe(again.digest)
    expect(artifact.entries.map(({ path }) => path)).toEqual([
      expect.stringMatching(/^media\/images\/[0-9a-f]{20}\.png$/),
      'numbers.table.json',
      'seven.image-file.json',
    ])
    run.logArtifact(artifact)
    await run.finish()
    const { records } = await readRun(directory.path)
    const [record] = records.flatMap((entry) => (entry.kind === 'artifact' ? [entry.artifact] : []))
    for (const { localPath = '', digest } of fromManifestRecord(record?.manifest ?? {})) {
      expect(createHash('md5').update(readFileSync(localPath)).digest('base64')).toBe(digest)
    }
  })

  test('of a file that is gone are an error that names it', async () => {
    await using directory = await openTemporaryDirectory()
    const file = join(directory.path, 'sound.wav')
    writeFileSync(file, 'sound')
    const sound = new Audio(file)
    rmSync(file)
    await expect(new Artifact('sounds', 'dataset').add(sound, 'gone')).rejects.toMatchObject({
      code: 'artifact-file-missing',
      path: file,
    })
  })
})
