import { MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import type { ReactNode } from 'react'
import { styleNonce } from './nonce.ts'
import { useLive } from './state/live-store.ts'
import { theme } from './theme.ts'

// The library that locks scrolling behind a dialog asks here.
setNonce(styleNonce)

/** The look of everything inside: the theme of the settings, or the system's. */
export function Themed({ children }: { readonly children: ReactNode }) {
  const chosen = useLive((live) => live.settings.theme)
  const forced = chosen === 'system' ? {} : { forceColorScheme: chosen }
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => styleNonce} {...forced}>
      {children}
    </MantineProvider>
  )
}
