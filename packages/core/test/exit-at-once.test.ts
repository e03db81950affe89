import { openTemporaryDirectory, spawnScript } from '@lossline/testing'
import { expect, test } from 'vitest'
import { openMuteServer } from './loopback-server.ts'
import { readRun } from './read-run.ts'

const program = new URL('programs/exit-at-once.ts', import.meta.url)

async function exitAtOnce(env: Record<string, string>) {
  await using directory = await openTemporaryDirectory()
  await using child = spawnScript(program, { cwd: directory.path, env: { LOSSLINE_SILENT: undefined, ...env } })
  expect(await child.exited, child.stderr).toEqual({ exitCode: 0, signal: null })
  return { stderr: child.stderr, run: await readRun(directory.path) }
}

type ExitedRun = Awaited<ReturnType<typeof exitAtOnce>>['run']

/** All rows in their order, and the images of three of them as files. */
function expectEverything(run: ExitedRun): string[] {
  expect(run.rows.map(({ row }) => row)).toEqual(Array.from({ length: 1000 }, (_, row) => row))
  const images = Object.keys(run.files).filter((path) =>
    /^files\/media\/images\/sample_\d+_[0-9a-f]{20}\.png$/.test(path),
  )
  expect(images).toHaveLength(3)
  expect(
    run.rows
      .filter((row) => 'sample|path' in row)
      .map((row) => `files/${row['sample|path']}`)
      .sort(),
  ).toEqual(images.sort())
  expect(run.exitCode).toBe(0)
  return images
}

test('process.exit right after 1,000 rows and three images loses none', async () => {
  const { run, stderr } = await exitAtOnce({})
  expectEverything(run)
  expect(stderr).toMatch(/finished: 1,000 rows/)
  expect(stderr).toMatch(/lossline: {3}\d files/)
})

test('and says which files the server does not have', async () => {
  await using server = await openMuteServer()
  const { run, stderr } = await exitAtOnce({ LOSSLINE_BASE_URL: server.url, LOSSLINE_API_KEY: 'k'.repeat(40) })
  const images = expectEverything(run)
  const [unsent = ''] = stderr.match(/Still to be sent: .*/) ?? []
  expect(unsent).toContain('1,000 rows')
  for (const image of images) expect(unsent).toContain(image.slice('files/'.length))
  expect(stderr).toMatch(/To send it: npx lossline sync --base-url \S+ \S+/)
})
