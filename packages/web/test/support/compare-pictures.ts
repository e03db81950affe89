import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { until } from '@lossline/testing'
import type { Page } from './open-page.ts'

/** Places of a page that are looked at, by what they are called. */
export interface PicturedPlace {
  readonly name: string
  /** CSS pixels from the corner of the page. */
  readonly box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

/** Thumbnails are this many pixels wide: lines, bars and colours are seen, the shapes of letters hardly. */
const thumbnailWidth = 120
const thumbnailHeight = 100
const columnCount = 7
/** How far a channel of 0 to 255 may be off before a pixel counts as another. */
const channelTolerance = 48
/** Texts and edges may be drawn a little otherwise from one time to the next; one line that is missing is more than this. */
const differentShareMax = 0.006

/**
 * Compares places of a page with a sheet of thumbnails that was kept, and names those that look otherwise. The sheet is a PNG that
 * people can look at: places from left to right, in their order.
 *
 * @param options.file - The sheet. With `LOSSLINE_UPDATE_PICTURES` set it is written instead.
 * @param options.mask - Selector of what is not compared: times and names that differ each time.
 * @returns a line for each place that differs; what there is now is written beside the sheet, as `….now.png`
 */
export async function comparePictures(
  page: Page,
  places: readonly PicturedPlace[],
  { file, mask }: { readonly file: string; readonly mask: string },
): Promise<readonly string[]> {
  const screenshot = (await stillPicture(page, mask)).toString('base64')
  const isUpdate = Boolean(process.env.LOSSLINE_UPDATE_PICTURES)
  const kept = !isUpdate && existsSync(file) ? readFileSync(file).toString('base64') : undefined
  const layout = { thumbnailWidth, thumbnailHeight, columnCount, channelTolerance }
  const { sheet, shares } = await page.evaluate(compareInPage, { screenshot, kept, places, layout })
  const now = Buffer.from(sheet, 'base64')
  if (isUpdate) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, now)
    return []
  }
  if (shares === undefined)
    return [`${file} is missing, or of other places: make it with \`npm run gallery-pictures\`.`]
  const different = places.flatMap(({ name }, index) => {
    const share = shares[index] ?? 1
    return share > differentShareMax ? [`${name}: ${(share * 100).toFixed(1)} % of it looks otherwise`] : []
  })
  if (different.length > 0) writeFileSync(file.replace(/\.png$/, '.now.png'), now)
  return different
}

/** Charts are painted some frames after what they show has changed: a picture counts once the next one is the same. */
async function stillPicture(page: Page, mask: string): Promise<Buffer> {
  const options = { animations: 'disabled' as const, mask: [page.locator(mask)], maskColor: '#888' }
  let before = await page.screenshot(options)
  return until(async () => {
    const now = await page.screenshot(options)
    const isStill = now.equals(before)
    before = now
    if (!isStill) throw new Error('The page does not stand still.')
    return now
  })
}

interface Comparison {
  readonly screenshot: string
  readonly kept: string | undefined
  readonly places: readonly PicturedPlace[]
  readonly layout: {
    readonly thumbnailWidth: number
    readonly thumbnailHeight: number
    readonly columnCount: number
    readonly channelTolerance: number
  }
}

/** Runs in the page: the browser can read, scale and write pictures. */
async function compareInPage({ screenshot, kept, places, layout }: Comparison) {
  const { thumbnailWidth: width, thumbnailHeight: height, columnCount, channelTolerance } = layout
  const read = async (png: string): Promise<ImageBitmap> => {
    const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0))
    return createImageBitmap(new Blob([bytes], { type: 'image/png' }))
  }
  const sheet = new OffscreenCanvas(columnCount * width, Math.ceil(places.length / columnCount) * height)
  const pen = sheet.getContext('2d')!
  pen.imageSmoothingQuality = 'high'
  const slotOf = (index: number) => [(index % columnCount) * width, Math.floor(index / columnCount) * height] as const
  const whole = await read(screenshot)
  for (const [index, { box }] of places.entries()) {
    const scale = Math.min(width / box.width, height / box.height)
    pen.drawImage(whole, box.x, box.y, box.width, box.height, ...slotOf(index), box.width * scale, box.height * scale)
  }
  const png = new Uint8Array(await (await sheet.convertToBlob({ type: 'image/png' })).arrayBuffer())
  let text = ''
  for (const byte of png) text += String.fromCharCode(byte)
  const result = { sheet: btoa(text), shares: undefined as readonly number[] | undefined }
  if (kept === undefined) return result
  const before = await read(kept)
  if (before.width !== sheet.width || before.height !== sheet.height) return result
  const old = new OffscreenCanvas(sheet.width, sheet.height).getContext('2d')!
  old.drawImage(before, 0, 0)
  const shares = places.map((_, index) => {
    const [now, then] = [pen, old].map((one) => one.getImageData(...slotOf(index), width, height).data)
    let different = 0
    for (let at = 0; at < now!.length; at += 4) {
      const isOther = [0, 1, 2].some(
        (channel) => Math.abs(now![at + channel]! - then![at + channel]!) > channelTolerance,
      )
      if (isOther) different++
    }
    return different / (width * height)
  })
  return { ...result, shares }
}
