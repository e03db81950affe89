// Checks that what the documents point at exists: files, headings of the same document, and `npm run` scripts.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import { root } from './lib/paths.mjs'
import { filesBelow } from './lib/sources.mjs'

const problems = []
const rootScripts = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts
const npmOwnCommands = new Set(['start', 'test'])

const folders = ['packages', 'examples', 'bench', 'docs', '.changeset'].map((name) => join(root, name))
const documents = [
  ...readdirSync(root).map((name) => join(root, name)),
  ...folders.filter((folder) => existsSync(folder)).flatMap(filesBelow),
].filter((path) => extname(path) === '.md')

for (const path of documents) {
  const text = readFileSync(path, 'utf8')
  const report = (problem) => problems.push(`${relative(root, path)}: ${problem}`)
  checkLinks(path, withoutCode(text), report)
  checkCommands(path, text, report)
}

function checkLinks(path, text, report) {
  for (const [, target] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
    if (/^[a-z]+:/.test(target)) continue
    const [file, anchor] = target.split('#')
    const linked = file === '' ? path : resolve(dirname(path), file)
    if (!existsSync(linked)) report(`links to ${target}, which does not exist`)
    else if (anchor !== undefined && extname(linked) === '.md' && !headingsOf(linked).has(anchor)) {
      report(`links to ${target}, but there is no such heading`)
    }
  }
}

/** Commands in code blocks of documents about the workspace itself. */
function checkCommands(path, text, report) {
  if (dirname(path) !== root) return
  for (const [, name] of text.matchAll(/\bnpm (?:run )?([a-z]+)\b/g)) {
    const isKnown = Object.hasOwn(rootScripts, name)
    if (npmOwnCommands.has(name) || isKnown) continue
    if (new RegExp(`npm run ${name}\\b`).test(text)) report(`names "npm run ${name}", which package.json does not have`)
  }
}

function withoutCode(text) {
  return text.replace(/^```[\s\S]*?^```/gm, '').replace(/`[^`\n]*`/g, '')
}

/** Anchors as code hosts make them from headings. */
function headingsOf(path) {
  const headings = withFencesCut(readFileSync(path, 'utf8')).matchAll(/^#+ (.+)$/gm)
  return new Set(
    [...headings].map(([, title]) =>
      title
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

function withFencesCut(text) {
  return text.replace(/^```[\s\S]*?^```/gm, '')
}

for (const problem of problems) console.error(problem)
console.log(`${documents.length} documents, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
