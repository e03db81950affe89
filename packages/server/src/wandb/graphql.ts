import {
  buildSchema,
  type DocumentNode,
  type ExecutionResult,
  execute,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  parse,
  validate,
} from 'graphql'
import { z } from 'zod'
import { refusedToReader } from '../auth/require-reading.ts'
import { toAdvice, toHttpStatus, toTold } from '../errors.ts'
import { type Log, toLogFields } from '../log.ts'
import type { WandbContext } from './context.ts'
import { schemaText } from './schema/schema-text.ts'

const requestSchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  // Documents of the Python client come with an empty name, which the executor would look for.
  operationName: z
    .string()
    .nullish()
    .transform((name) => (name === '' ? undefined : name)),
})

export interface GraphQLAnswer {
  readonly status: number
  readonly body: ExecutionResult
}

/** Answers one request; `rootValue` has a method for each field of Query and Mutation. */
export type ExecuteGraphQL = (body: string, rootValue: object, context: WandbContext) => Promise<GraphQLAnswer>

const rememberedDocumentCount = 500
// The largest document of W&B's client has about 700.
const tokensMax = 20_000

// Built for the first request of a process, for all its servers: it takes a sixth of what a server takes to start.
let built: GraphQLSchema | undefined
function openSchema(): GraphQLSchema {
  built ??= buildSchema(schemaText)
  return built
}

/**
 * Runs documents against {@link schemaText}. The answer is HTTP 200 if everything worked, else the status of the first error:
 * W&B's client retries for minutes whatever is not clearly its own fault.
 */
export function createExecuteGraphQL(log: Log): ExecuteGraphQL {
  const documents = new Map<string, DocumentNode | readonly GraphQLError[]>()

  const prepare = (query: string): DocumentNode | readonly GraphQLError[] => {
    const known = documents.get(query)
    if (known !== undefined) return known
    const prepared = parseAndValidate(openSchema(), query)
    documents.set(query, prepared)
    const oldest = documents.keys().next()
    if (documents.size > rememberedDocumentCount && !oldest.done) documents.delete(oldest.value)
    return prepared
  }

  return async (body, rootValue, context) => {
    const request = parseRequest(body)
    if (request === undefined) return refusal(400, 'The body must be {"query", "variables", "operationName"}.')
    const prepared = prepare(request.query)
    if (!('kind' in prepared)) return { status: 400, body: { errors: prepared } }
    if (context.identity.scope === 'read' && isMutation(prepared, request.operationName)) {
      const told = refusedToReader()
      return refusal(toHttpStatus(told), told.message, toAdvice(told))
    }
    const result = await execute({
      schema: openSchema(),
      document: prepared,
      rootValue,
      contextValue: context,
      variableValues: request.variables ?? undefined,
      operationName: request.operationName ?? undefined,
    })
    if (result.errors === undefined) return { status: 200, body: result }
    return toFailure(result, log, context.requestId)
  }
}

function parseRequest(body: string): z.infer<typeof requestSchema> | undefined {
  try {
    return requestSchema.safeParse(JSON.parse(body)).data
  } catch {
    return undefined
  }
}

function parseAndValidate(schema: GraphQLSchema, query: string): DocumentNode | readonly GraphQLError[] {
  try {
    const document = parse(query, { maxTokens: tokensMax })
    const errors = validate(schema, document)
    return errors.length === 0 ? document : errors
  } catch (error) {
    return [error instanceof GraphQLError ? error : new GraphQLError(String(error))]
  }
}

/** Errors of our rules keep their text; whatever else went wrong is for the log, not for the client. */
function toFailure(result: ExecutionResult, log: Log, requestId: string): GraphQLAnswer {
  const causes = result.errors!.map((error) => error.originalError ?? error)
  // Without an original error it is the executor's own: a variable of the wrong type, a missing operation.
  const statuses = causes.map((cause) => (cause instanceof GraphQLError ? 400 : toHttpStatus(cause)))
  const errors = result.errors!.map((error, i) => {
    const cause = causes[i]
    if (cause instanceof GraphQLError) return error
    const facts = { path: error.path, extensions: { ...toAdvice(cause) } }
    if (statuses[i]! < 500) return new GraphQLError(error.message, facts)
    log('error', 'graphql resolver failed', { requestId, ...toLogFields(cause) })
    const extensions = { ...facts.extensions, requestId }
    return new GraphQLError(toTold(cause)?.message ?? 'internal error', { ...facts, extensions })
  })
  // What heals by itself must not look like the caller's fault, whatever else went wrong.
  const status = statuses.find((one) => one >= 500) ?? statuses[0]!
  return { status, body: { errors, ...(result.data ? { data: result.data } : {}) } }
}

function isMutation(document: DocumentNode, operationName: string | null | undefined): boolean {
  return getOperationAST(document, operationName)?.operation === 'mutation'
}

function refusal(status: number, message: string, extensions: object = {}): GraphQLAnswer {
  return { status, body: { errors: [new GraphQLError(message, { extensions: { ...extensions } })] } }
}
