// Checks that what the documents point at exists (files, headings of the same document, `npm run` scripts), and that every
// export of the packages is described where it is declared.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, extname, join, relative, resolve } from 'node:path'
import { root } from './lib/paths.mjs'
import { filesBelow } from './lib/sources.mjs'
import { packageFolders } from './lib/workspace.mjs'

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

let exportCount = 0
for (const folder of packageFolders().filter((name) => name.startsWith('packages/'))) {
  const { exports: entries = {} } = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'))
  const sources = Object.values(entries).flatMap((target) => target.source ?? [])
  for (const source of sources) checkExports(join(root, folder, source))
}

/** Each name that an index hands on has a comment before its (first) declaration. */
function checkExports(index) {
  for (const [, names, file] of readFileSync(index, 'utf8').matchAll(
    /^export (?:type )?\{([^}]*)\} from '(\.[^']+)'/gm,
  )) {
    const path = resolve(dirname(index), file)
    const text = readFileSync(path, 'utf8')
    for (const name of names.split(',').map(
      (part) =>
        part
          .trim()
          .replace(/^type /, '')
          .split(' as ')[0],
    )) {
      if (name === '') continue
      exportCount += 1
      const declaration = new RegExp(
        `^export (?:async )?(?:abstract )?(?:function|const|interface|type|class) ${name}\\b`,
        'm',
      )
      const at = text.search(declaration)
      const isDescribed = at < 0 ? text.includes(name) : /\*\/\s*$/.test(text.slice(0, at))
      if (!isDescribed) problems.push(`${relative(root, path)}: ${name} has no comment that describes it`)
    }
  }
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
console.log(`${documents.length} documents, ${exportCount} exports, ${problems.length} problems`)
process.exitCode = problems.length > 0 ? 1 : 0
