import { describe, expect, test } from 'vitest'
import { ApiKeyMissingError, InvalidSettingError } from '../errors.ts'
import { chooseDestination } from './choose-destination.ts'
import { environmentLayer, resolveSettings, settingsFileLayer } from './resolve-settings.ts'

describe('precedence', () => {
  test('later layers win, and absent values do not hide earlier ones', () => {
    const settings = resolveSettings([
      { source: 'file', values: { project: 'low', entity: 'team', quiet: 'true' } },
      { source: 'environment', values: { project: 'middle', entity: undefined } },
      { source: 'argument', values: { project: 'high', silent: false } },
    ])
    expect(settings).toEqual({ project: 'high', entity: 'team', quiet: true, silent: false })
  })

  test('LOSSLINE_X hides WANDB_X, and empty values count as not set', () => {
    const layer = environmentLayer({
      LOSSLINE_PROJECT: 'ours',
      WANDB_PROJECT: 'theirs',
      LOSSLINE_ENTITY: '',
      WANDB_ENTITY: 'team',
      WANDB_RUN_GROUP: 'g',
      WANDB_TAGS: 'a, b',
      WANDB_MODE: 'dryrun',
    })
    expect(resolveSettings([layer])).toEqual({
      project: 'ours',
      entity: 'team',
      group: 'g',
      tags: ['a', 'b'],
      mode: 'offline',
    })
  })

  test('a settings file has comments, a section and keys as in the environment', () => {
    const layer = settingsFileLayer(
      '/x/settings',
      '# comment\n; other\n[default]\nbase_url = http://localhost:5757/\nrun_group: g\nnonsense = 1\n[other]\nproject = no\n',
    )
    expect(resolveSettings([layer])).toEqual({ baseUrl: 'http://localhost:5757', group: 'g' })
  })
})

describe('wrong values', () => {
  test.each([
    [{ mode: 'somewhere' }, 'it is one of local, online, offline, disabled, shared, not "somewhere".'],
    [{ project: 'a/b' }, 'project'],
    [{ id: 'a:b' }, ''],
    [{ tags: ['x'.repeat(65)] }, ''],
    [{ tags: `ok,${'x'.repeat(65)}` }, ''],
    [{ silent: 'perhaps' }, 'it is true or false, not "perhaps".'],
    [{ finishTimeoutMs: -1 }, 'it is a number of milliseconds from 0, not -1.'],
    [{ baseUrl: 'localhost' }, 'it is a URL that starts with http:// or https://.'],
    [{ baseUrl: 'https://me:pw@host' }, 'it holds a user name or password.'],
    [{ name: 3 }, 'it is text, not 3.'],
  ])('%j is refused by name and source', (values, message) => {
    const resolve = () => resolveSettings([{ source: 'the test', values }])
    expect(resolve).toThrow(InvalidSettingError)
    expect(resolve).toThrow(message)
    expect(resolve).toThrow(`Setting "${Object.keys(values)[0]}" (from the test)`)
  })

  test('a port that no request goes to is told at once, and not when the server does not answer', () => {
    for (const port of [1, 22, 6000, 10_080]) {
      const layers = [{ source: 'the test', values: { baseUrl: `http://127.0.0.1:${port}` } }]
      expect(() => resolveSettings(layers)).toThrow(
        `Setting "baseUrl" (from the test): no request goes to port ${port}`,
      )
    }
    for (const baseUrl of ['http://127.0.0.1:2', 'https://a:443', 'http://a:80', 'http://a:5757']) {
      expect(resolveSettings([{ source: 'the test', values: { baseUrl } }])).toEqual({ baseUrl })
    }
  })

  test('a value that a later layer replaces does no harm', () => {
    const layers = [
      { source: 'environment', values: { mode: 'somewhere' } },
      { source: 'argument', values: { mode: 'local' } },
    ]
    expect(resolveSettings(layers)).toEqual({ mode: 'local' })
  })
})

describe('destination', () => {
  const noKey = () => undefined

  test('is local when nothing is known', () => {
    expect(chooseDestination({}, noKey)).toEqual({ mode: 'local' })
  })

  test('is online when a URL is known, with or without a key', () => {
    const baseUrl = 'http://localhost:5757'
    expect(chooseDestination({ baseUrl }, noKey)).toEqual({ mode: 'online', baseUrl, apiKey: undefined })
    expect(chooseDestination({ baseUrl }, (host) => `key of ${host}`)).toMatchObject({
      apiKey: 'key of localhost:5757',
    })
  })

  test('is W&B when only a key is known', () => {
    const online = { mode: 'online', baseUrl: 'https://api.wandb.ai', apiKey: 'k' }
    expect(chooseDestination({ apiKey: 'k' }, noKey)).toEqual(online)
    expect(chooseDestination({}, (host) => (host === 'api.wandb.ai' ? 'k' : undefined))).toEqual(online)
  })

  test('is what the mode says, whatever else is known', () => {
    for (const mode of ['local', 'offline', 'disabled'] as const) {
      expect(chooseDestination({ mode, apiKey: 'k', baseUrl: 'http://x' }, noKey)).toEqual({ mode })
    }
  })

  test('cannot be online without anything', () => {
    expect(() => chooseDestination({ mode: 'online' }, noKey)).toThrow(ApiKeyMissingError)
  })
})
