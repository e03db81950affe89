import { describeValue } from '../values/describe-value.ts'
import type { ArtifactError } from './artifact-error.ts'
import { invalid } from './artifact-options.ts'

/** Checks options that are texts, or lists of texts, where they are given. @throws {@link ArtifactError} `artifact-invalid` */
export function checkTextOptions(call: ArtifactCall, texts: object, lists: object = {}): void {
  for (const [option, value] of Object.entries(texts)) if (value !== undefined) checkText(call, option, value)
  for (const [option, value] of Object.entries(lists)) {
    if (value === undefined) continue
    if (Array.isArray(value) && value.every((member) => typeof member === 'string')) continue
    throw invalid(`${call}: ${option} is a list of texts, not ${describeValue(value)}.`, `Call ${usages[call]}.`)
  }
}

/** A call that takes a text. */
export type ArtifactCall =
  | 'logCode'
  | 'addFile'
  | 'addDir'
  | 'addBuffer'
  | 'newFile'
  | 'add'
  | 'addReference'
  | 'remove'
  | 'linkArtifact'
  | 'linkModel'
  | 'logModel'
  | 'useModel'
  | 'useArtifact'
  | 'link'
  | 'get'

/** Checks the two texts that every artifact has. @throws {@link ArtifactError} `artifact-invalid` */
export function checkNameAndType(name: unknown, type: unknown): void {
  const [what, value] = typeof name === 'string' ? ['type', type] : ['name', name]
  if (typeof value === 'string') return
  throw invalid(
    `An artifact has a name and a type, both texts; its ${what} is ${describeValue(value)}.`,
    "Pass both: new Artifact('digits-cnn', 'model').",
  )
}

/** Checks an argument that is a text. @throws {@link ArtifactError} `artifact-invalid` */
export function checkText(call: ArtifactCall, argument: string, value: unknown): asserts value is string {
  if (typeof value === 'string') return
  throw invalid(`${call}: ${argument} is a text, not ${describeValue(value)}.`, `Call ${usages[call]}.`)
}

const usages: Readonly<Record<ArtifactCall, string>> = {
  addFile: "artifact.addFile('build/model.onnx', { name: 'model.onnx' })",
  addDir: "artifact.addDir('data', { exclude: ['*.tmp'] })",
  addBuffer: "artifact.addBuffer(text, 'labels.json')",
  newFile: "artifact.newFile('log.txt')",
  add: "artifact.add(table, 'examples')",
  addReference: "artifact.addReference('s3://bucket/data.csv')",
  remove: "artifact.remove('labels.json')",
  logCode: "run.logCode('src', { include: ['*.ts'] })",
  linkArtifact: "run.linkArtifact(version, 'project/collection')",
  linkModel: "run.linkModel('model.onnx', 'digits')",
  logModel: "run.logModel('model.onnx')",
  useModel: "run.useModel('digits-cnn:latest')",
  useArtifact: "run.useArtifact('digits:latest')",
  link: "version.link('project/collection')",
  get: "version.get('examples')",
}
