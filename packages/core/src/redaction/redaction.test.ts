import { describe, expect, test } from 'vitest'
import { redactedText } from './known-secrets.ts'
import { createRedactor, isSecretName } from './redaction.ts'

describe('names of secrets', () => {
  test.each([
    'token',
    'HF_TOKEN',
    'hfToken',
    'github-token',
    '--auth-token',
    'clientSecret',
    'SECRET',
    'password',
    'db_passwd',
    'api_key',
    'apiKey',
    'OPENAI_API_KEY',
    'awsAccessKey',
    'private_key',
    'credentials',
    'authorization',
  ])('%s is one', (name) => {
    expect(isSecretName(name)).toBe(true)
  })

  test.each([
    'tokenizer',
    'max_tokens',
    'tokensPerBatch',
    'pad_token',
    'eosToken',
    'token_type',
    'tokenCount',
    'key',
    'author',
    'learningRate',
    'keyboard',
    'primaryKey',
  ])('%s is none', (name) => {
    expect(isSecretName(name)).toBe(false)
  })
})

describe('command lines', () => {
  test.each([
    [
      ['--api-key=abc', 'x'],
      [`--api-key=${redactedText}`, 'x'],
    ],
    [
      ['--token', 'abc', '--epochs', '3'],
      ['--token', redactedText, '--epochs', '3'],
    ],
    [
      ['--token', '--epochs', '3'],
      ['--token', '--epochs', '3'],
    ],
    [['PASSWORD=abc'], [`PASSWORD=${redactedText}`]],
    [['https://me:pw@host/repo.git'], [`https://${redactedText}@host/repo.git`]],
    [['https://host/?access_token=abc&x=1'], [`https://host/?access_token=${redactedText}&x=1`]],
    [
      ['--max-tokens', '512'],
      ['--max-tokens', '512'],
    ],
  ])('%j', (words, expected) => {
    expect(createRedactor([]).commandLine(words, 'args')).toEqual(expected)
  })

  test('names the places', () => {
    const redactor = createRedactor([])
    redactor.commandLine(['--token', 'abc', 'PASSWORD=x', '--lr', '1'], 'args')
    expect(redactor.places).toEqual(['args --token', 'args PASSWORD'])
  })
})

describe('texts', () => {
  test('known secrets go wherever they are, and short ones are taken for words', () => {
    const redactor = createRedactor(['0123456789abcdef', 'true'])
    expect(redactor.text('key 0123456789abcdef is true', 'here')).toBe(`key ${redactedText} is true`)
    expect(redactor.places).toEqual(['here'])
  })

  test('an @ in a password does not let its end through', () => {
    expect(createRedactor([]).text('postgres://me:p@ss@db:5432/x', '')).toBe(`postgres://${redactedText}@db:5432/x`)
  })

  test.each(['git@github.com:a/b.git', 'ssh://git@github.com/a/b.git', 'https://host/a@b', 'a plain text'])(
    '%s stays',
    (text) => {
      const redactor = createRedactor([])
      expect(redactor.text(text, 'here')).toBe(text)
      expect(redactor.places).toEqual([])
    },
  )
})

describe('values of nested objects', () => {
  test.each([
    [['hfToken'], 'abc', redactedText],
    [['credentials', 'user'], 'abc', redactedText],
    [['password'], 1234, redactedText],
    [['token'], 7, 7],
    [['secret'], true, true],
    [['password'], '', ''],
    [['model'], 'bert', 'bert'],
  ])('%j of %j is %j', (path, value, expected) => {
    expect(createRedactor([]).nestedValue(path, value, '')).toBe(expected)
  })
})

test('a secret that was found by its name is hidden elsewhere too, an ordinary word is not', () => {
  const redactor = createRedactor([])
  redactor.nestedValue(['hfToken'], 'hf_Abc123xyz', 'config.hfToken')
  redactor.nestedValue(['password'], 'password', 'config.password')
  expect(redactor.text('uses hf_Abc123xyz, the password', 'console')).toBe(`uses ${redactedText}, the password`)
  expect(redactor.places).toEqual(['config.hfToken', 'config.password', 'console'])
})

test('known secrets are found in the forms that JSON, URLs and headers have them in', () => {
  const secret = 'p"ä/ss wörd'
  const redactor = createRedactor([secret])
  const header = Buffer.from(`api:${secret}`).toString('base64')
  for (const text of [secret, JSON.stringify(secret), `https://h/${encodeURIComponent(secret)}`, `Basic ${header}`]) {
    expect(redactor.known(text, 'x')).toContain(redactedText)
    expect(redactor.known(text, 'x')).not.toContain('rd')
  }
})
