import '@mantine/core/styles.css'
import './global.css'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { boot, report } from './state/boot.ts'
import { Themed } from './themed.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element to draw into.')

boot().catch(report)

createRoot(root).render(
  <StrictMode>
    <Themed>
      <App />
    </Themed>
  </StrictMode>,
)
