import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readJournal } from '@lossline/journal'
import { createRunState, type JsonObject, type JsonValue, type WandbRecord } from '@lossline/protocol'
import { decodePng, fixtureUrl, openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { Audio, Histogram, Html, Image, init, Molecule, Object3D, Plotly, type Run, Video } from '../src/index.ts'
import { readRun } from './read-run.ts'

/** What W&B's client wrote for the same program, written in Python. */
const goldenFolder = fileURLToPath(fixtureUrl('wandb-runs/media/offline-run-20261124_020400-media001'))

function picture(number: number): Uint8Array {
  const pixels = new Uint8Array(24 * 24 * 3)
  for (let y = 0; y < 24; y += 1) {
    for (let x = 0; x < 24; x += 1) {
      pixels.set([x * 9 + number * 30, y * 9, (x + y) * 5 + number * 60], (y * 24 + x) * 3)
    }
  }
  return pixels
}

function maskOf(shift: number): Uint8Array {
  const mask = new Uint8Array(24 * 24)
  const fill = (top: number, bottom: number, left: number, right: number, value: number) => {
    for (let y = top; y < bottom; y += 1)
      mask.fill(value, ((y + shift) % 24) * 24 + left, ((y + shift) % 24) * 24 + right)
  }
  fill(4, 12, 4, 12, 1)
  fill(14, 20, 8, 20, 2)
  return mask
}

function golden(...path: string[]): string {
  return join(goldenFolder, 'files', 'media', ...path)
}

/** Logs what the Python program logged; what it drew at random or with other libraries comes out of its files. */
function logTheSame(run: Run): void {
  const size = { width: 24, height: 24 }
  const classLabels = { 0: 'background', 1: 'cat', 2: 'dog' }
  for (let step = 0; step < 2; step += 1) {
    run.log(
      {
        image: new Image(picture(step), { ...size, caption: `step ${step}` }),
        images: [0, 1, 2].map((i) => new Image(picture(i + step), { ...size, caption: `no ${i}` })),
        gray: new Image(
          picture(step).filter((_, index) => index % 3 === 0),
          size,
        ),
        boxes: new Image(picture(step), {
          ...size,
          caption: 'boxes',
          boxes: {
            predictions: {
              boxData: [
                {
                  position: { minX: 0.1, minY: 0.2, maxX: 0.5, maxY: 0.6 },
                  classId: 1,
                  boxCaption: 'cat 0.9',
                  scores: { score: 0.9 },
                },
                {
                  position: { middle: [16, 16], width: 8, height: 6 },
                  domain: 'pixel',
                  classId: 2,
                  boxCaption: 'dog',
                  scores: { score: 0.4 },
                },
              ],
              classLabels,
            },
            ground_truth: {
              boxData: [{ position: { minX: 0.1, minY: 0.25, maxX: 0.5, maxY: 0.6 }, classId: 1 }],
              classLabels,
            },
          },
        }),
        masks: new Image(picture(step), {
          ...size,
          masks: {
            predictions: { maskData: maskOf(0), classLabels },
            ground_truth: { maskData: maskOf(2), classLabels },
          },
        }),
        audio: new Audio(
          Float64Array.from({ length: 2000 }, (_, i) => 0.4 * Math.sin((i * (440 + 220 * step) * 2 * Math.PI) / 8000)),
          { sampleRate: 8000, caption: 'tone' },
        ),
        html: new Html(`<p>step <b>${step}</b></p>`, { inject: false }),
        hist_np: new Histogram({ counts: [1, 2, 3], edges: [0, 1, 2, 3] }),
        value: step * 0.5,
      },
      { step },
    )
  }
  run.log(
    {
      plotly: new Plotly(
        JSON.parse(readFileSync(golden('plotly', 'plotly_2_6711293310ae29fda57b.plotly.json'), 'utf8')),
      ),
    },
    { step: 3 },
  )
  const clip = readFileSync(golden('videos', 'video_gif_3_0516d283eb12a0165e18.gif'))
  run.log({ video_gif: new Video(clip, { caption: 'four frames', format: 'gif' }) }, { step: 4 })
  const points = (name: string): number[][] => JSON.parse(readFileSync(golden('object3D', name), 'utf8'))
  const scene = JSON.parse(readFileSync(golden('object3D', 'scene_4_4070ddcc779ee59eb756.pts.json'), 'utf8'))
  run.log(
    {
      points: new Object3D(points('points_4_0d08cb0e53a6204a16b4.pts.json')),
      points_rgb: new Object3D(Float64Array.from(points('points_rgb_4_c07d0f1ea3cc2cdc2960.pts.json').flat()), {
        columns: 6,
      }),
      scene: new Object3D({ type: 'lidar/beta', points: scene.points, boxes: scene.boxes }),
    },
    { step: 5 },
  )
  run.log(
    { molecule: new Molecule(golden('molecule', 'molecule_5_6e4c6a6a08a19e2851be.pdb'), { caption: 'water' }) },
    { step: 6 },
  )
}

/** The rows as objects, without what differs by the clock and what the Python program drew at random. */
function rowsOf(records: readonly WandbRecord[]): Map<string, JsonValue> {
  const values = new Map<string, JsonValue>()
  for (const record of records) {
    if (record.kind !== 'history') continue
    const state = createRunState()
    state.apply({ kind: 'summary', summary: { update: record.history.item ?? [], remove: [] } })
    for (const [key, value] of Object.entries(state.summary())) {
      if (!key.startsWith('_') && key !== 'hist')
        values.set(`${record.history.step?.num ?? 0} ${key}`, value as JsonValue)
    }
  }
  return values
}

// W&B's client names media after its own idea of the step, which is one behind where the program gives the step; ours after
// the step of the row. Nobody reads that part of the name.
const mediaPath = /^media\/(.*)_\d+_([0-9a-f]{20})(\.[a-zA-Z0-9.]*)$/

function isPackedOtherwise(path: string): boolean {
  return path.endsWith('.png') || path.endsWith('.plotly.json')
}

/** Replaces, in both runs alike, what depends on how a PNG is packed and a number is written: hash and size. */
function withoutPacking(value: JsonValue, folder: string): JsonValue {
  if (Array.isArray(value)) return value.map((member) => withoutPacking(member, folder))
  if (typeof value === 'string') {
    const [, name = '', hash = '', extension] = mediaPath.exec(value) ?? []
    if (extension === undefined) return value
    const path = join(folder, 'files', value)
    // Python writes 1.0 where it has a float; in JavaScript that is 1.
    if (extension === '.plotly.json') return { name, figure: JSON.parse(readFileSync(path, 'utf8')) }
    if (!extension.endsWith('.png')) return { name, hash, extension }
    const { data, width, height, channels } = decodePng(readFileSync(path))
    return { name, extension, width, height, channels, pixels: Buffer.from(data).toString('base64') }
  }
  if (typeof value !== 'object' || value === null) return value
  const object = value as JsonObject
  const isOtherwise = typeof object.path === 'string' && isPackedOtherwise(object.path)
  return Object.fromEntries(
    Object.entries(object)
      .filter(([key]) => !(isOtherwise && (key === 'sha256' || key === 'size')))
      .map(([key, member]) => [key, withoutPacking(member as JsonValue, folder)]),
  )
}

test('the rows are those of the Python client: names, hashes and objects, and the pixels of the PNGs', async () => {
  await using folder = await openTemporaryDirectory()
  const run = await init({ dir: folder.path, reinit: 'createNew', silent: true, console: 'off', disableMetadata: true })
  logTheSame(run)
  await run.finish()
  const ours = await readRun(folder.path)
  const theirs = await readJournal(join(goldenFolder, 'run-media001.wandb'))

  const ourRows = rowsOf(ours.records)
  const theirRows = new Map([...rowsOf(theirs.records)].filter(([name]) => !name.endsWith('figure_image')))
  expect([...ourRows.keys()].sort()).toEqual([...theirRows.keys()].sort())
  for (const [name, value] of theirRows) {
    expect({ name, value: withoutPacking(ourRows.get(name)!, run.directory) }).toEqual({
      name,
      value: withoutPacking(value, goldenFolder),
    })
  }

  // Every other file is the same, byte for byte, under the same name.
  const filesOf = (directory: string) => {
    const paths = readdirSync(join(directory, 'files'), { recursive: true }) as string[]
    const named = paths.flatMap((path) => {
      const [, name, hash, extension] = mediaPath.exec(path.replaceAll('\\', '/')) ?? []
      const isCompared = extension !== undefined && !isPackedOtherwise(path)
      return isCompared ? [[`${name} ${hash} ${extension}`, readFileSync(join(directory, 'files', path))] as const] : []
    })
    return new Map(named.sort(([one], [other]) => (one < other ? -1 : 1)))
  }
  const theirFiles = filesOf(goldenFolder)
  expect(theirFiles.size).toBe(11)
  expect(filesOf(run.directory)).toEqual(theirFiles)
  for (const name of readdirSync(join(run.directory, 'files', 'media', 'molecule'))) {
    expect(name).toMatch(/^molecule_6_/)
  }
  const state = createRunState()
  for (const record of theirs.records) state.apply(record)
  const labelsOf = (config: JsonObject) => {
    const internal = config._wandb as JsonObject
    return { boxes: internal['bounding_box/class_labels'], masks: internal['mask/class_labels'] }
  }
  expect(labelsOf(ours.config)).toEqual(labelsOf(state.config()))
})
