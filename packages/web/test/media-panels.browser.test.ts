import { Histogram, Image, type InitOptions, init, Molecule, Object3D, plot, Table, Video } from '@lossline/core'
import { until } from '@lossline/testing'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { createWireRun } from './support/create-wire-run.ts'
import { openPage, type Page, problemsOf } from './support/open-page.ts'
import { openPageServer, type PageServer } from './support/open-page-server.ts'

const webRoot = inject('webRoot')

const waterPdb = [
  'HETATM    1  O   HOH A   1       0.000   0.000   0.000',
  'HETATM    2  H1  HOH A   1       0.960   0.000   0.000',
  'HETATM    3  H2  HOH A   1      -0.240   0.930   0.000',
].join('\n')

describe.skipIf(webRoot === undefined)('media and tables in a workspace', { timeout: 60_000 }, () => {
  let pages: PageServer
  let looksId = ''

  beforeAll(async () => {
    pages = await openPageServer(webRoot as string)
    const options: InitOptions = { ...pages.logTo, project: 'media' }
    for (const name of ['first', 'second']) {
      const run = await init({ ...options, name })
      // The second run has no picture at the last step.
      for (let step = 0; step < (name === 'first' ? 4 : 3); step += 1) {
        const pixels = new Uint8Array(64).fill(step * 60)
        run.log({
          loss: 1 / (step + 1),
          sample: new Image(pixels, { width: 8, height: 8, caption: `${name} at ${step}` }),
          weights: new Histogram([step, step + 1, step + 2]),
        })
      }
      run.log({
        rows: new Table({
          columns: ['digit', 'guess'],
          rows: [
            [1, 7],
            [2, 2],
            [3, name === 'first' ? 3 : 8],
          ],
        }),
      })
      await run.finish()
    }
    const space = await init({ ...pages.logTo, project: 'space', name: 'space' })
    const corners = 'v 0 0 0\nv 1 0 0\nv 1 1 0\nv 0 1 0\nv 0.5 0.5 1\n'
    space.log({
      pyramid: new Object3D(`${corners}f 1 2 3 4\nf 1 2 5\nf 2 3 5\nf 3 4 5\nf 4 1 5\n`, { fileType: 'obj' }),
      elsewhere: new Object3D('{"asset":{"version":"2.0"},"meshes":[],"buffers":[]}', { fileType: 'gltf' }),
      water: new Molecule(waterPdb, { fileType: 'pdb' }),
    })
    for (const step of [1, 2, 3]) {
      const picture = new Image(new Uint8Array(64), { width: 8, height: 8, caption: `logged at ${step}` })
      space.log(step % 2 === 0 ? { even: picture } : { odd: picture })
    }
    await space.finish()
    const looks = await init({ ...pages.logTo, project: 'looks', name: 'looks' })
    const place = { minX: 0.1, minY: 0.1, maxX: 0.9, maxY: 0.9 }
    for (const step of [0, 1, 2, 3]) {
      looks.log({
        epoch: Math.floor(step / 2),
        loss: 1 / (step + 1),
        answer: `# Answer ${step}\n\n**bold** <img src=x onerror="document.title='taken over'">`,
        ...(step < 2
          ? {}
          : {
              boxed: new Image(new Uint8Array(64), {
                width: 8,
                height: 8,
                boxes: { found: { boxData: [{ position: place, classId: 1 }], classLabels: { 1: 'cat' } } },
              }),
            }),
      })
    }
    for (const key of ['episode', 'replay']) {
      const frames = Uint8Array.from({ length: 3 * 3 * 64 }, (_, at) => Math.floor(at / 192) * 100)
      looks.log({ [key]: new Video(frames, { shape: [3, 3, 8, 8], fps: 20 }) })
    }
    looksId = looks.id
    await looks.finish()
  }, 60_000)
  afterAll(() => pages?.[Symbol.asyncDispose]())

  const named = (page: Page, name: string) => page.getByRole('group', { name, exact: true })

  test('pictures of several runs stand at one step, which the address keeps; a run without it shows the one before', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/media`, { height: 1500 })
    const { page } = opened
    const sample = named(page, 'sample')
    await sample.getByText('first at 3').waitFor()
    await sample.getByText('second at 2').waitFor()
    await sample.getByRole('button', { name: 'Previous step' }).click()
    await sample.getByText('first at 2').waitFor()
    await until(() => expect(page.url()).toContain('ms=2'))
    await page.goto(`${pages.server.url}/local/media?ms=3`)
    await sample.getByText('second at 2').waitFor()
    await sample.getByText('(asked 3)').waitFor()
    await named(page, 'weights').getByRole('img', { name: 'Histograms of weights of second at 3 steps' }).waitFor()
    // On a phone too a finger can tell one step from the next.
    await page.setViewportSize({ width: 390, height: 1500 })
    await until(async () =>
      expect((await sample.getByRole('slider', { name: 'Step' }).boundingBox())?.width).toBeGreaterThan(140),
    )
    expect(await problemsOf(page)).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('who has a picture, a histogram or a table is found behind many who have none', async () => {
    const options: InitOptions = { ...pages.logTo, project: 'many' }
    const run = await init({ ...options, name: 'the one' })
    const rows = new Table({ columns: ['digit'], rows: [[1]] })
    run.log({ report: new Image(new Uint8Array(64), { width: 8, height: 8 }), spread: new Histogram([1, 2]), rows })
    const curve = new Table({ columns: ['x', 'y'], rows: [[0, 1], [1, 2]] }) // biome-ignore format: a table.
    run.log({ curve: plot.line(curve, { x: 'x', y: 'y', title: 'Curve' }) })
    await run.finish()
    for (let index = 0; index < 21; index += 1) {
      const at = { project: 'many', runId: `other${index}`, displayName: `other ${index}` }
      await (await createWireRun(pages.server.url, at, {})).finish()
    }
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/many?r=all`, { height: 1500 })
    const { page } = opened
    await named(page, 'report').getByRole('img').waitFor()
    await named(page, 'Curve')
      .getByRole('figure', { name: /^Curve/ })
      .waitFor()
    await named(page, 'spread').getByRole('img').first().waitFor()
    await named(page, 'rows').getByRole('columnheader', { name: /digit/ }).waitFor()
    expect(
      await named(page, 'report')
        .getByRole('button', { name: /more run/ })
        .count(),
    ).toBe(0)
    expect(opened.errors).toEqual([])
  })

  test('pixels of media are the same in both themes', async () => {
    const pixelsIn = async (theme: 'light' | 'dark'): Promise<Buffer> => {
      await using opened = await openPage(pages.browser, `${pages.server.url}/local/media`, { theme, height: 1500 })
      const picture = named(opened.page, 'sample').getByRole('img', { name: 'first at 3' })
      await until(async () =>
        expect(await picture.evaluate((img) => (img as { naturalWidth: number } & typeof img).naturalWidth)).toBe(8),
      )
      const { x, y, width, height } = (await picture.boundingBox())!
      // The outermost pixels may be shared with what is around.
      const clip = { x: Math.ceil(x) + 1, y: Math.ceil(y) + 1, width: width - 4, height: height - 4 }
      return await opened.page.screenshot({ clip })
    }
    expect((await pixelsIn('light')).equals(await pixelsIn('dark'))).toBe(true)
  })

  test('two pictures are compared over each other, by keyboard too', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/media`, { height: 1500 })
    const { page } = opened
    const sample = named(page, 'sample')
    for (const name of ['Compare first at 3', 'Compare second at 2']) {
      await sample.getByRole('button', { name }).focus()
      await page.keyboard.press('Enter')
    }
    await page.getByRole('region', { name: 'Media to compare' }).getByRole('button', { name: 'Compare' }).click()
    const dialog = page.getByRole('dialog', { name: 'Compare media' })
    await dialog.getByRole('group', { name: /^first · step 3/ }).waitFor()
    // What is enlarged in one is enlarged in the other.
    await dialog.getByRole('group', { name: /^first · step 3/ }).press('+')
    const scales = () =>
      dialog.locator('img').evaluateAll((pictures) => pictures.map((picture) => picture.getBoundingClientRect().width))
    await until(async () => {
      const [one, other] = await scales()
      expect(one).toBeGreaterThan(600)
      expect(other).toBe(one)
    })
    await dialog.getByRole('button', { name: 'Swipe' }).click()
    await dialog.getByLabel('Divider').press('End')
    const over = dialog.locator('[style*="clip-path"]')
    await until(async () => expect(await over.getAttribute('style')).toContain('100%'))
    expect(await problemsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Difference' }).click()
    await dialog.getByText('100 % of the pixels differ, by 60 of 255 at most.').waitFor()
    expect(opened.errors).toEqual([])
  })

  test('an object in space is drawn, turned by keys and shown as a wire frame; what cannot be drawn says so', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/space`, { height: 1400 })
    const { page } = opened
    const water = named(page, 'water').getByRole('group', { name: /3 atoms \(H 2, O 1\), 2 bonds\. Arrows turn it/ })
    await water.or(named(page, 'water').getByText('no WebGL')).waitFor()
    await named(page, 'elsewhere').getByText('It cannot be drawn: There is nothing to draw in this file.').waitFor()
    const object = named(page, 'pyramid').getByRole('group', { name: /: 6 triangles\. Arrows turn it/ })
    // Where the test's browser has no WebGL, the page says so instead.
    await object.or(named(page, 'pyramid').getByText('no WebGL')).waitFor()
    if ((await object.count()) > 0) {
      const picture = (): Promise<string> =>
        object.locator('canvas').evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL())
      let before = ''
      const changed = () =>
        until(async () => {
          const now = await picture()
          expect(now.length).toBeGreaterThan(1500)
          expect(now).not.toBe(before)
          before = now
        })
      await changed()
      await object.press('ArrowLeft')
      await changed()
      await object.press('+')
      await changed()
      await named(page, 'pyramid')
        .getByRole('button', { name: /^Wire frame/ })
        .click()
      await changed()
    }
    expect(await problemsOf(page)).toEqual([])
    expect(opened.foreignRequests).toEqual([])
    expect(opened.errors).toEqual([])
  })

  test('one key goes through the steps of all panels of the page', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/space`, { height: 1000 })
    const { page } = opened
    await named(page, 'odd').getByText('logged at 3').waitFor()
    await page.keyboard.press('[')
    // No panel has both steps, and none skips those of the others.
    await until(() => expect(new URL(page.url()).searchParams.get('ms')).toBe('2'))
    await named(page, 'odd').getByText('logged at 1').waitFor()
    await page.keyboard.press(']')
    await named(page, 'odd').getByText('logged at 3').waitFor()
    // A panel with a step of its own stays where it is, and keeps it.
    const saved = page.waitForResponse((response) => response.request().postData()?.includes('ownStep') === true)
    await named(page, 'odd').getByRole('button', { name: 'Go with the steps of the page', pressed: true }).click()
    await saved
    await page.keyboard.press('[')
    await until(() => expect(new URL(page.url()).searchParams.has('ms')).toBe(true))
    await named(page, 'odd').getByText('logged at 3').waitFor()
    await page.reload()
    await named(page, 'odd').getByRole('button', { name: 'Go with the steps of the page', pressed: false }).waitFor()
    await named(page, 'odd').getByText('logged at 3').waitFor()
  })

  test('texts are Markdown or as they were logged, layers are hidden: in the address of a run, in the view of a workspace', async () => {
    const media = `${pages.server.url}/local/looks/runs/${looksId}/media`
    await using opened = await openPage(pages.browser, media, { height: 900 })
    const { page } = opened
    const answer = page.getByRole('region', { name: 'Text of answer' })
    await answer.getByRole('heading', { name: 'Answer 3' }).waitFor()
    const changes = page.getByRole('button', { name: 'Changes since step 2' })
    await changes.first().click()
    const diff = page.getByRole('table', { name: 'Changes of answer since step 2' })
    await diff.getByText('# Answer 2').waitFor()
    await diff.getByText('# Answer 3').waitFor()
    await changes.first().click()
    await page.locator('summary', { hasText: 'Boxes and masks' }).click()
    await page.getByRole('button', { name: 'Show texts raw' }).click()
    await answer.getByText('# Answer 3').waitFor()
    await page.getByRole('button', { name: 'cat', exact: true }).click()
    await until(() => expect(new URL(page.url()).searchParams.get('look')).toContain('hiddenClasses'))
    // The slider goes by another metric that was logged with the media.
    await page.getByLabel('Go by').selectOption('epoch')
    await page
      .getByText(/^epoch \d/)
      .first()
      .waitFor()
    await page.keyboard.press('[')
    await answer.getByText('# Answer 1').waitFor()
    await page.getByText('epoch 0, step 1').first().waitFor()
    await page.getByRole('region', { name: 'boxed' }).getByText('no sample at or before epoch 0').waitFor()
    const search = () => Object.fromEntries(new URL(page.url()).searchParams)
    await until(() => expect(search()).toMatchObject({ axis: 'epoch', step: '0' }))
    await page.reload()
    await answer.getByText('# Answer 1').waitFor()
    await page.getByLabel('Go by').selectOption('')
    await until(() => expect(new URL(page.url()).searchParams.has('axis')).toBe(false))
    await page.goto(`${page.url()}&step=1`)
    await answer.getByText('# Answer 1').waitFor()
    await page.getByRole('region', { name: 'boxed' }).getByText('no sample at or before step 1').waitFor()
    await page.goto(page.url().replace('step=1', 'step=2'))
    await page.locator('summary', { hasText: 'Boxes and masks' }).click()
    await page.getByRole('button', { name: 'cat', exact: true, pressed: false }).waitFor()
    expect(await page.title()).not.toContain('taken over')
    expect(await problemsOf(page)).toEqual([])
    await page.goto(`${pages.server.url}/local/looks?mx=epoch&ms=0`)
    await named(page, 'boxed').getByText('no sample at or before epoch 0').waitFor()
    await page.goto(`${pages.server.url}/local/looks`)
    const boxed = named(page, 'boxed')
    await boxed.locator('summary', { hasText: 'Boxes and masks' }).click()
    const saved = page.waitForResponse((response) => response.request().postData()?.includes('boxOpacity') === true)
    await boxed.getByLabel('Box opacity').press('Home')
    await saved
    await page.reload()
    await boxed.locator('summary', { hasText: 'Boxes and masks' }).click()
    await until(async () => expect(await boxed.getByLabel('Box opacity').inputValue()).toBe('0'))
    expect(opened.errors).toEqual([])
  })

  test('films made of frames stand still until they are played, alone or together; a whole screen makes pictures larger', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/settings`)
    const { page } = opened
    // Nothing of the page before shall be counted.
    await page.goto('about:blank')
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(`${pages.server.url}/local/looks/runs/${looksId}/media`)
    const all = page.getByRole('group', { name: 'Playback of all films' })
    await all.waitFor()
    const episode = page.getByRole('region', { name: 'episode' })
    const replay = page.getByRole('region', { name: 'replay' })
    const greyOf = (card: typeof episode) =>
      card.locator('canvas').evaluate((canvas) => {
        type Drawn = { getContext(kind: '2d'): { getImageData(...box: number[]): { data: number[] } } }
        return (canvas as unknown as Drawn).getContext('2d').getImageData(0, 0, 1, 1).data[0]
      })
    expect([await greyOf(episode), await greyOf(replay)]).toEqual([0, 0])
    await episode.getByRole('button', { name: 'Next frame', exact: true }).click()
    await until(async () => expect([await greyOf(episode), await greyOf(replay)]).toEqual([100, 0]))
    await all.getByRole('button', { name: 'Play', exact: true }).click()
    await episode.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await replay.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    await until(async () => expect(await greyOf(replay)).toBe(200))
    // The page asks for everything once more after it has become live; a film that plays is not read again, nor started over.
    const askedWhenLive = () => asked.slice(asked.findIndex((url) => url.endsWith('/api/events')) + 1)
    await until(() => expect(askedWhenLive()).toContain(`${pages.server.url}/api/status`))
    await replay.getByRole('button', { name: 'Pause', exact: true }).waitFor()
    expect(asked.filter((url) => url.includes('.gif'))).toHaveLength(2)
    await all.getByRole('button', { name: 'Pause', exact: true }).click()
    await replay.getByRole('button', { name: 'Play', exact: true }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await page.goto(`${pages.server.url}/local/looks`)
    const boxed = named(page, 'boxed')
    const picture = boxed.locator('figure img')
    const heightOf = async () => (await picture.boundingBox())?.height ?? 0
    await until(async () => expect(await heightOf()).toBe(128))
    await boxed.hover()
    await boxed.getByRole('button', { name: /full screen/i }).click()
    await until(async () => expect(await heightOf()).toBeGreaterThan(300))
    expect(opened.errors).toEqual([])
  })

  test('what suits a key is added: a histogram without a kind being chosen', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/media`, { height: 900 })
    const { page } = opened
    await page.getByRole('button', { name: 'Add panel', exact: true }).click()
    const dialog = page.getByRole('dialog', { name: 'Add panels' })
    await dialog.getByLabel('Find keys').fill('weights')
    await dialog.getByRole('checkbox', { name: /^weights/ }).check()
    await dialog.getByRole('img', { name: /^Histograms of weights of first/ }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Add 1 panel' }).click()
    await until(async () => expect(await named(page, 'weights').count()).toBeGreaterThan(1))
    const added = named(page, 'weights').first()
    await added.hover()
    await page.keyboard.press('t')
    await added.getByRole('columnheader', { name: 'Count' }).waitFor()
    await page.keyboard.press('t')

    // Two histograms below each other have more than the panel's height; the wheel is the page's all the same.
    const inside = added.getByRole('img', { name: 'Histograms of weights of first' }).first()
    await inside.waitFor()
    await inside.hover()
    const places = (): Promise<{ readonly inside: number; readonly page: number }> =>
      added.evaluate((panel) => {
        let [within, around] = [0, 0]
        for (const element of panel.querySelectorAll('*')) within += element.scrollTop
        for (let outer = panel.parentElement; outer; outer = outer.parentElement) around += outer.scrollTop
        return { inside: within, page: around }
      })
    const before = await places()
    await page.mouse.wheel(0, before.page > 0 ? -60 : 60)
    await until(async () => expect((await places()).page).not.toBe(before.page))
    expect((await places()).inside).toBe(before.inside)
  })

  test('a table shows the rows of the run that is chosen, sorts and opens them', async () => {
    await using opened = await openPage(pages.browser, `${pages.server.url}/local/media`, {
      theme: 'dark',
      height: 1500,
    })
    const { page } = opened
    const rows = named(page, 'rows')
    await rows.getByText('8', { exact: true }).waitFor()
    await rows.getByLabel('Run of rows').selectOption('first')
    await until(async () => expect(await rows.getByText('8', { exact: true }).count()).toBe(0))
    await rows.getByText('7', { exact: true }).waitFor()
    expect(await problemsOf(page)).toEqual([])
    // Side by side, which is kept in the view: a cell that differs has a sign.
    const saved = page.waitForResponse(
      (response) => response.request().postData()?.includes('compare') === true && response.url().includes('/views'),
    )
    await rows.getByLabel('Run of rows').selectOption('mode compare')
    await rows.getByLabel('Rows belong together by').waitFor()
    await saved
    // Columns say whose they are, also where heads have little room.
    await rows.getByRole('columnheader', { name: /guess.*first/ }).waitFor()
    await rows.getByRole('columnheader', { name: /guess.*second/ }).waitFor()
    await page.reload()
    await rows.getByLabel('Rows belong together by').waitFor()
    expect(await rows.getByLabel('Run of rows').inputValue()).toBe('mode compare')
    expect(await problemsOf(page)).toEqual([])
  })
})
