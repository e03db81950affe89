import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { keepAddressShort } from './address-bar.ts'
import { statusQuery } from './api/queries.ts'
import { SignInGate } from './components/shell/sign-in-gate.tsx'
import { router } from './routes.tsx'
import { createServices, ServicesContext } from './services.ts'
import './style/app.css'

const services = createServices()
void services.queryClient.prefetchQuery(statusQuery)
function draw(): void {
  createRoot(document.getElementById('root') as HTMLElement).render(
    <StrictMode>
      <ServicesContext value={services}>
        <QueryClientProvider client={services.queryClient}>
          <SignInGate>
            <RouterProvider router={router} />
          </SignInGate>
        </QueryClientProvider>
      </ServicesContext>
    </StrictMode>,
  )
}

// What is drawn depends on what the address stands for.
void keepAddressShort().then(draw)
