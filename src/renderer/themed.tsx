import { MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import { type ReactNode, useLayoutEffect } from 'react'
import { styleNonce } from './nonce.ts'
import { useSettings } from './state/settings-store.ts'
import { theme } from './theme.ts'
import { useWantedContrast } from './ui/use-media.ts'

// The library that locks scrolling behind a dialog reads the nonce from here.
setNonce(styleNonce)

/** Applies theme and contrast, from the settings or the system. */
export function Themed({ children }: { readonly children: ReactNode }) {
  const chosen = useSettings(({ theme }) => theme)
  const contrast = useSettings(({ contrast }) => contrast)
  const high = useWantedContrast() || contrast === 'high'
  useLayoutEffect(() => {
    document.documentElement.dataset.contrast = high ? 'high' : 'normal'
  }, [high])
  const forced = chosen === 'system' ? {} : { forceColorScheme: chosen }
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => styleNonce} {...forced}>
      {children}
    </MantineProvider>
  )
}
