import '@mantine/core/styles.css'
import './global.css'
import { MantineProvider } from '@mantine/core'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { styleNonce } from './nonce.ts'
import { boot, report } from './state/boot.ts'
import { theme } from './theme.ts'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element to draw into.')

boot().catch(report)

createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => styleNonce}>
      <App />
    </MantineProvider>
  </StrictMode>,
)
