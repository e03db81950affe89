import { z } from 'zod'
import { sessionCookieName } from '../auth/credentials.ts'
import { strictJson } from './json-schemas.ts'
import { namedSchemas, type Operation, operations } from './openapi.ts'
import { errorResponse } from './schemas.ts'

/** The OpenAPI 3.1 document of `/api`, made from the schemas that requests are checked with. */
export function createOpenApiDocument(version: string): object {
  const paths: Record<string, Record<string, object>> = {}
  for (const operation of operations) {
    paths[operation.path] ??= {}
    paths[operation.path]![operation.method] = describeOperation(operation)
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Lossline', version, license: { name: 'MIT' } },
    paths,
    components: {
      schemas: describeNamedSchemas(),
      securitySchemes: {
        apiKey: { type: 'http', scheme: 'basic', description: 'Any name, and an API key as the password' },
        session: { type: 'apiKey', in: 'cookie', name: sessionCookieName, description: 'Of a browser that signed in' },
        adminToken: { type: 'http', scheme: 'bearer', description: 'LOSSLINE_ADMIN_TOKEN of the server' },
      },
    },
  }
}

/** Without accounts the server is open: then a key may be left out. */
const securityOf = {
  account: [{ apiKey: [] }, { session: [] }, {}],
  anybody: [{}],
  'admin-token': [{ adminToken: [] }],
}

const jsonName = 'Json'
const names = new Map([
  [strictJson as z.ZodType, jsonName],
  ...namedSchemas.map(([name, schema]) => [schema, name] as const),
])

function describeOperation(operation: Operation): object {
  const { path, summary, query, body, response, isBodyOptional = false, askers = 'account' } = operation
  const pathParameters = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
  return {
    summary,
    parameters: [...pathParameters, ...queryParameters(query)],
    security: securityOf[askers],
    ...(body === undefined
      ? {}
      : { requestBody: { required: !isBodyOptional, content: { 'application/json': { schema: reference(body) } } } }),
    responses: {
      ...(response === undefined
        ? { 204: { description: 'Done' } }
        : {
            [operation.status ?? 200]: {
              description: response.description,
              content: { [response.type]: response.schema === undefined ? {} : { schema: reference(response.schema) } },
            },
          }),
      default: { description: 'An error', content: { 'application/json': { schema: reference(errorResponse) } } },
    },
  }
}

/** Bodies and answers are exported by the modules of schemas, so that each has a name of its own here. */
function reference(schema: z.ZodType): object {
  const name = names.get(schema)
  if (name === undefined) throw new Error('A body or an answer of a route is not among the named schemas.')
  return { $ref: toUri(name) }
}

function toUri(name: string): string {
  return `#/components/schemas/${name}`
}

function describeNamedSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>()
  for (const [schema, id] of names) registry.add(schema, { id })
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: toUri, unrepresentable: 'any' })
  const described: Record<string, object> = {}
  for (const [name, { $schema, $id, ...schema }] of Object.entries(schemas)) described[name] = schema
  return { ...described, [jsonName]: anyJson }
}

/** A value of JSON, which JSON Schema can only describe by its parts. */
const anyJson = {
  anyOf: [
    { type: ['null', 'boolean', 'number', 'string'] },
    { type: 'array', items: { $ref: toUri(jsonName) } },
    { type: 'object', additionalProperties: { $ref: toUri(jsonName) } },
  ],
}

function queryParameters(query: z.ZodType | undefined): object[] {
  if (query === undefined) return []
  const { properties } = z.toJSONSchema(query, { io: 'input', unrepresentable: 'any' })
  return Object.entries(properties ?? {}).map(([name, schema]) => ({ name, in: 'query', required: false, schema }))
}
