// Prints what a browser loads for each page and for what comes later, gzipped, and fails where that is more than its budget.
// usage: node scripts/check-size.mjs [dist directory]
import { readdirSync, readFileSync } from 'node:fs'
import { extname, join } from 'node:path'
import { gzipSync } from 'node:zlib'

// All in kilobytes of 1,000 bytes, gzip level 9.
const entryBudget = 300
const entryGoal = 100
const pageBudget = 60
const styleBudget = 30
const fontBudget = 0
/** Files that stand between the page and its first chart: a browser gets six at a time, and each takes its milliseconds. */
const entryFilesMax = 8
/** What is loaded later and is large because of a library, by what its module is called. */
const largeLaterBudgets = [
  { name: /vega-plot/, budget: 282 },
  { name: /three/, budget: 161 },
  { name: /markdown\/render-markdown|guide\/render-guide/, budget: 56 },
  { name: /waveform/, budget: 15 },
  // The explorer of data tables, with its filters, groups, charts in heads, media in cells, and the viewers of these.
  { name: /table-panel/, budget: 35 },
  // The writer of Parquet files brings the codes of its reader along: 18. The rest is the page of the runs table, which asks for it.
  { name: /runs-parquet/, budget: 50 },
]
/** Nothing of this size gets in unnoticed: a larger one needs a line above. */
const laterBudget = 30

const dist = process.argv[2] ?? join(import.meta.dirname, '..', 'dist')
/** By the module that a chunk was made for; what several share has names of the bundler. */
const manifest = JSON.parse(readFileSync(join(dist, '.vite', 'manifest.json'), 'utf8'))
const kilobytesOf = (file) => gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1000

/** A chunk and what it imports statically: none of it runs before all of it is there. */
function chunksOf(name, found = new Set()) {
  if (found.has(name)) return found
  found.add(name)
  for (const imported of manifest[name].imports ?? []) chunksOf(imported, found)
  return found
}

const entry = chunksOf('index.html')
/** Scripts of a chunk that are not there from the start. */
const weigh = (name) =>
  [...chunksOf(name)]
    .filter((chunk) => !entry.has(chunk))
    .reduce((sum, chunk) => sum + kilobytesOf(manifest[chunk].file), 0)

// `theme.js` and the like are named by index.html itself and known to no bundler.
const besideEntry = [...readFileSync(join(dist, 'index.html'), 'utf8').matchAll(/<script src="\/([^"]+)"/g)].map(
  ([, file]) => file,
)
const entryFiles = [...[...entry].map((name) => manifest[name].file), ...besideEntry]
const rows = [
  {
    what: 'before the first chart',
    kilobytes: entryFiles.reduce((sum, file) => sum + kilobytesOf(file), 0),
    budget: entryBudget,
  },
]
for (const [name, { isDynamicEntry }] of Object.entries(manifest)) {
  if (!isDynamicEntry || name === 'index.html') continue
  const isPage = name.startsWith('src/pages/')
  const budget = isPage ? pageBudget : (largeLaterBudgets.find((large) => large.name.test(name))?.budget ?? laterBudget)
  rows.push({ what: `${isPage ? '+ page' : '+ later'} ${name}`, kilobytes: weigh(name), budget })
}
// Scripts of workers are files of their own.
const chunkFiles = new Set(Object.values(manifest).map(({ file }) => file))
const assets = readdirSync(join(dist, 'assets')).map((file) => `assets/${file}`)
for (const file of assets.filter((file) => extname(file) === '.js' && !chunkFiles.has(file))) {
  rows.push({ what: `+ worker ${file}`, kilobytes: kilobytesOf(file), budget: laterBudget })
}
const sumOf = (extensions) =>
  assets.filter((file) => extensions.includes(extname(file))).reduce((sum, file) => sum + kilobytesOf(file), 0)
rows.push({ what: 'styles', kilobytes: sumOf(['.css']), budget: styleBudget })
rows.push({ what: 'fonts', kilobytes: sumOf(['.woff', '.woff2', '.ttf', '.otf']), budget: fontBudget })

const over = rows.filter(({ kilobytes, budget }) => kilobytes > budget)
for (const row of rows) {
  const cells = [`${row.kilobytes.toFixed(1).padStart(6)} kB of ${String(row.budget).padStart(3)}`, row.what]
  console.log(`${cells.join('  ')}${over.includes(row) ? '  OVER BUDGET' : ''}`)
}
const largestPage = rows
  .filter(({ what }) => what.startsWith('+ page'))
  .sort((one, other) => other.kilobytes - one.kilobytes)[0]
console.log(
  `page: ${rows[0].kilobytes.toFixed(1)} kB before the first chart (budget ${entryBudget}, goal ${entryGoal}); largest page + ${largestPage?.kilobytes.toFixed(1) ?? 0} kB`,
)
if (entryFiles.length > entryFilesMax) {
  console.error(
    `${entryFiles.length} files before the first chart, more than ${entryFilesMax}: see \`codeSplitting\` in vite.config.ts.`,
  )
  process.exitCode = 1
}
if (over.length > 0) {
  console.error(
    `Over budget: ${over.map(({ what }) => what).join(', ')}. See which import grew, or move it behind import().`,
  )
  process.exitCode = 1
}
