import './mantine-styles.ts'
import './colours.css'
import './global.css'
import { StrictMode } from 'react'
import { flushSync } from 'react-dom'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { boot } from './boot.ts'
import { readKept } from './kept.ts'
import { loadWhenIdle } from './load-when-idle.ts'
import { report } from './report.ts'
import { Themed } from './themed.tsx'

const root = document.getElementById('root')
if (!root) throw new Error('The page has no element to draw into.')

boot(readKept()).then(loadWhenIdle).catch(report)

// Render while this module is still being evaluated: code compiled by its end is cached for the next start.
flushSync(() =>
  createRoot(root).render(
    <StrictMode>
      <Themed>
        <App />
      </Themed>
    </StrictMode>,
  ),
)
