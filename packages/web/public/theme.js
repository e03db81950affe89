// Runs before anything is painted, so that a dark page never flashes white. src/view/theme-store.ts does the rest.
;(() => {
  let choice = 'system'
  try {
    choice = localStorage.getItem('lossline-theme') ?? 'system'
  } catch {
    // Storage may be switched off; the system's theme is a good answer then.
  }
  const isDark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.dataset.theme = isDark ? 'dark' : 'light'
})()
