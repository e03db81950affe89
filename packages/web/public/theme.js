// Runs before anything is painted, so that a dark page never flashes white. src/view/theme-store.ts does the rest.
;(() => {
  const params = new URLSearchParams(location.search)
  const embedded = params.get('jupyter') === 'true' ? params.get('theme') : null
  const read = (key) => {
    try {
      return localStorage.getItem(key) ?? 'system'
    } catch {
      // Storage may be switched off; what the system says is a good answer then.
      return 'system'
    }
  }
  const choice = embedded ?? read('lossline-theme')
  const isDark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  const isHigh = read('lossline-contrast') === 'high' || matchMedia('(prefers-contrast: more)').matches
  Object.assign(document.documentElement.dataset, {
    theme: isDark ? 'dark' : 'light',
    contrast: isHigh ? 'high' : 'normal',
    density: read('lossline-density') === 'comfortable' ? 'comfortable' : 'dense',
  })
})()
