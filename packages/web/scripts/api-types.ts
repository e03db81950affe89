/** A JSON Schema, as far as the server's description of its API uses them. */
interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly allOf?: readonly Schema[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: Schema | boolean
  readonly items?: Schema | boolean
  readonly prefixItems?: readonly Schema[]
  readonly description?: string
}

interface Content {
  readonly content?: Readonly<Record<string, { readonly schema?: Schema }>>
}

interface Operation {
  readonly summary: string
  readonly parameters: readonly { readonly name: string; readonly in: 'path' | 'query'; readonly schema: Schema }[]
  readonly requestBody?: Content & { readonly required: boolean }
  readonly responses: Readonly<Record<string, Content>>
}

/** An OpenAPI 3.1 document of the server. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

/**
 * TypeScript for a description of the API: a type for each named schema, and `Operations`, which tells for each method and
 * path what is sent and what comes back.
 *
 * @throws Error for a schema that has no counterpart here.
 */
export function toTypeScript(document: ApiDocument): string {
  const schemas = Object.entries(document.components.schemas).map(
    ([name, schema]) => `${comment(schema.description)}export type ${name} = ${typeOf(schema)}\n`,
  )
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => operationOf(`${method.toUpperCase()} ${path}`, operation)),
  )
  return indent(
    [
      '// Made from /api/openapi.json by `npm run api-types`; a test compares the two. Not to be edited.\n',
      '/** Parameters of a query string that are undefined are left out; a list stands for the same parameter several times. */',
      'export type QueryValue = string | number | boolean | readonly string[] | undefined\n',
      '/** Nothing may be given here. */',
      'export type NoParameters = { readonly [name: string]: never }\n',
      ...schemas,
      '/** What is sent to each route, and what it answers. `Blob` stands for anything but JSON. */',
      `export interface Operations {\n${operations.join('\n')}\n}\n`,
    ].join('\n'),
  )
}

function indent(text: string): string {
  let depth = 0
  const lines = text.split('\n').map((line) => {
    if (line.startsWith('}')) depth -= 1
    const indented = line === '' ? '' : `${'  '.repeat(depth)}${line}`
    if (line.endsWith('{')) depth += 1
    return indented
  })
  return lines.join('\n')
}

function operationOf(name: string, { summary, parameters, requestBody, responses }: Operation): string {
  const [success] = Object.keys(responses)
  const fields = [
    `path: ${parametersOf(parameters, 'path')}`,
    `query: ${parametersOf(parameters, 'query')}`,
    `body: ${contentOf(requestBody)}${requestBody?.required === false ? ' | undefined' : ''}`,
    `response: ${contentOf(responses[success as string])}`,
  ]
  return `${comment(summary)}${JSON.stringify(name)}: {\n${fields.join('\n')}\n}`
}

function parametersOf(parameters: Operation['parameters'], place: 'path' | 'query'): string {
  const names = parameters
    .filter((one) => one.in === place)
    .map(
      ({ name }) =>
        `${property(name)}${place === 'query' ? '?' : ''}: ${place === 'query' ? 'QueryValue' : 'string | number'}`,
    )
  return names.length === 0 ? 'NoParameters' : `{ ${names.join('; ')} }`
}

/** Undefined stands for nothing, `Blob` for what is not JSON. */
function contentOf(body: Content | undefined): string {
  const [type, described] = Object.entries(body?.content ?? {})[0] ?? []
  if (type === undefined) return 'undefined'
  return type === 'application/json' && described?.schema ? typeOf(described.schema) : 'Blob'
}

function typeOf(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) as string
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return `(${choices.map(typeOf).join(' | ')})`
  if (schema.allOf) return `(${schema.allOf.map(typeOf).join(' & ')})`
  if (schema.enum) return `(${schema.enum.map((value) => JSON.stringify(value)).join(' | ')})`
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.type === undefined) return 'unknown'
  const types = [schema.type].flat().map((type) => typeOfKind(type, schema))
  return types.length === 1 ? (types[0] as string) : `(${types.join(' | ')})`
}

function typeOfKind(type: string, schema: Schema): string {
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'number':
    case 'integer':
      return 'number'
    case 'array':
      return arrayType(schema)
    case 'object':
      return objectType(schema)
    default:
      throw new Error(`No TypeScript is known for the JSON Schema type "${type}".`)
  }
}

function arrayType({ items, prefixItems }: Schema): string {
  if (prefixItems) return `readonly [${prefixItems.map(typeOf).join(', ')}]`
  const item = typeof items === 'object' ? typeOf(items) : 'unknown'
  return `readonly ${item.startsWith('readonly ') ? `(${item})` : item}[]`
}

function objectType({ properties, required = [], additionalProperties }: Schema): string {
  if (properties === undefined) {
    return `{ readonly [key: string]: ${typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'unknown'} }`
  }
  const fields = Object.entries(properties).map(
    ([name, schema]) =>
      `${comment(schema.description)}readonly ${property(name)}${required.includes(name) ? '' : '?'}: ${typeOf(schema)}`,
  )
  return `{\n${fields.join('\n')}\n}`
}

function property(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name)
}

function comment(text: string | undefined): string {
  return text === undefined ? '' : `/** ${text.replaceAll('*/', '*\\/')} */\n`
}
