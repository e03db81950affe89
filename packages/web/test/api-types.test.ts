import { startServer } from '@lossline/server'
import { openTemporaryDirectory } from '@lossline/testing'
import { expect, test } from 'vitest'
import { type ApiDocument, toTypeScript } from '../scripts/api-types.ts'

test("the page's types of the API are those that the server describes (else: npm run api-types)", async () => {
  await using directory = await openTemporaryDirectory('lossline-api-types-')
  const server = await startServer({ dataDirectory: directory.path, port: 0, watch: [], log: () => {} })
  try {
    const document = (await (await fetch(new URL('/api/openapi.json', server.url))).json()) as ApiDocument
    await expect(toTypeScript(document)).toMatchFileSnapshot('../src/api/operations.gen.ts')
  } finally {
    await server.close()
  }
})
