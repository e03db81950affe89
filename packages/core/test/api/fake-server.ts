import { openLoopbackServer } from '../loopback-server.ts'

/** A question that a server was asked. */
export interface Question {
  readonly operationName: string
  readonly query: string
  readonly variables: Record<string, unknown>
}

/** The answer of a server that says nothing. */
export const silence: unique symbol = Symbol('silence')

/** A server that gives recorded answers by the name of the operation, and remembers what it was asked. */
export async function openFakeServer(answers: Readonly<Record<string, (question: Question) => unknown>>) {
  const questions: Question[] = []
  const server = await openLoopbackServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      const question = JSON.parse(Buffer.concat(parts).toString()) as Question
      questions.push(question)
      const answer = answers[question.operationName]?.(question)
      if (answer === silence) return
      const errors = [{ message: `Cannot query field "x" on type "Query" (${question.operationName}).` }]
      response.writeHead(answer === undefined ? 400 : 200, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer === undefined ? { errors } : { data: answer }))
    })
  })
  return { ...server, questions }
}
