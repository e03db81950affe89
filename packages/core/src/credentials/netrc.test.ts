import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findNetrcPassword, removeNetrcEntry, setNetrcPassword } from './netrc.ts'

const netrc =
  '# machine no password no\nmachine a.example login user password one\nmachine b.example:8080\n  login user\n  password two\nmachine d.example password none\nmachine d.example:99 password port\ndefault login user password three\n'

describe('netrc', () => {
  test.each([
    ['a.example', 'one'],
    ['a.example:443', 'one'],
    ['b.example:8080', 'two'],
    ['b.example', undefined],
    ['c.example', undefined],
    ['no', undefined],
    ['d.example:99', 'port'],
    ['d.example', 'none'],
  ])('%s has %s', (host, password) => {
    expect(findNetrcPassword(netrc, host)).toBe(password)
  })
})

describe('changes', () => {
  const kept =
    '# mine\nmachine other login me password "p w"\n\nmacdef init\n  machine a password no\n\ndefault login x password y\n'

  test('an entry is added at the end, in the form that W&B writes', () => {
    expect(setNetrcPassword('', 'h:80', 'key')).toBe('machine h:80\n  login user\n  password key\n')
    expect(setNetrcPassword('# x', 'h', 'key')).toBe('# x\nmachine h\n  login user\n  password key\n')
    expect(setNetrcPassword('macdef init\n  x', 'h', 'key')).toContain('  x\n\nmachine h\n')
  })

  test('an entry is added before the default, where readers stop', () => {
    const [before, after] = kept.split('default')
    expect(setNetrcPassword(kept, 'a', 'key')).toBe(`${before}machine a\n  login user\n  password key\ndefault${after}`)
  })

  test('a login or password may be called default', () => {
    const start = 'machine a login default password default\n'
    const changed = setNetrcPassword(start, 'h', 'key')
    expect(changed).toBe(`${start}machine h\n  login user\n  password key\n`)
    expect(findNetrcPassword(changed, 'a')).toBe('default')
  })

  test('of several entries of a host the one that is read is changed', () => {
    const changed = setNetrcPassword('machine h login me\nmachine h login me password old\n', 'h', 'key')
    expect(findNetrcPassword(changed, 'h')).toBe('key')
    expect(changed).toBe('machine h login me\nmachine h login me password key\n')
  })

  test('only the password of an entry changes, and nothing else of the file', () => {
    expect(setNetrcPassword(netrc, 'b.example:8080', 'new')).toBe(netrc.replace('two', 'new'))
    expect(setNetrcPassword('machine h login me\nmachine i password p\n', 'h', 'k')).toBe(
      'machine i password p\nmachine h\n  login user\n  password k\n',
    )
  })

  test('an entry is removed with its lines, comments stay', () => {
    const own = 'machine a.example\n  # why\n  login user\n  password one\n'
    expect(removeNetrcEntry(kept + own, 'a.example')).toBe(`${kept}  # why\n`)
    expect(removeNetrcEntry(kept, 'a')).toBe(kept)
    expect(removeNetrcEntry(kept + own, 'a.example:80')).toBe(`${kept}  # why\n`)
    expect(removeNetrcEntry('machine a login b password c machine d password e\n', 'a').trim()).toBe(
      'machine d password e',
    )
  })

  const host = fc.stringMatching(/^[a-z]{1,4}\.example:\d{2}$/)
  const key = fc.stringMatching(/^[A-Za-z0-9_-]{1,20}$/)
  const change = fc.record({ host, key: fc.option(key, { nil: undefined }) })

  test('are like those of a map from hosts to keys, whatever else the file holds', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<string>('', '# c\n', kept, 'machine z.test password zz'),
        fc.array(change),
        (start: string, changes) => {
          const expected = new Map<string, string>()
          let text = start
          for (const { host, key } of changes) {
            text = key === undefined ? removeNetrcEntry(text, host) : setNetrcPassword(text, host, key)
            if (key === undefined) expected.delete(host)
            else expected.set(host, key)
          }
          for (const [host, key] of expected) expect(findNetrcPassword(text, host)).toBe(key)
          for (const host of expected.keys()) text = removeNetrcEntry(text, host)
          expect(text.trim()).toBe(start.trim())
        },
      ),
    )
  })
})
