import { MantineProvider } from '@mantine/core'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { Reading } from '../../src/renderer/features/schemas/reading.tsx'

test('a reading of schemas shows how far it is, and can be cancelled', () => {
  const markup = renderToStaticMarkup(
    <MantineProvider>
      <Reading files={1800} knownFiles={7200} onCancel={() => undefined} />
    </MantineProvider>,
  )
  expect(markup.replace(/<!-- -->/g, '')).toContain('Reading file 1,800 of 7,200…')
  expect(markup).toMatch(/role="progressbar"[^>]*aria-valuenow="25"|aria-valuenow="25"[^>]*role="progressbar"/)
  expect(markup).toContain('Progress of reading the schemas')
  expect(markup).toMatch(/<button[^>]*>.*Cancel/)
})
