import { QueryClientProvider } from '@tanstack/react-query'
import { createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { createServices, ServicesContext } from '../src/services.ts'
import { GalleryPage } from './gallery-page.tsx'
import { withFaults } from './with-faults.ts'

globalThis.fetch = withFaults(globalThis.fetch)
const services = createServices()

const root = createRootRoute()
const router = createRouter({
  routeTree: root.addChildren([createRoute({ getParentRoute: () => root, path: '$', component: GalleryPage })]),
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const text = new URLSearchParams(search as Record<string, string>).toString()
    return text === '' ? '' : `?${text}`
  },
})

createRoot(document.getElementById('root') as HTMLElement).render(
  <StrictMode>
    <ServicesContext value={services}>
      <QueryClientProvider client={services.queryClient}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </ServicesContext>
  </StrictMode>,
)
