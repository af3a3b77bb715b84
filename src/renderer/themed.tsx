import { type MantineColorSchemeManager, MantineProvider } from '@mantine/core'
import { setNonce } from 'get-nonce'
import { type ReactNode, useInsertionEffect } from 'react'
import { styleNonce } from './nonce.ts'
import { useSettings } from './state/settings-store.ts'
import { theme } from './theme.ts'
import { useSystemDark, useWantedContrast } from './ui/use-media.ts'

// The library that locks scrolling behind a dialog reads the nonce from here.
setNonce(styleNonce)

/** Stores no theme of the library's own: the settings have it, and reading the page's storage takes some milliseconds. */
const notStored: MantineColorSchemeManager = {
  get: (scheme) => scheme,
  set: () => undefined,
  subscribe: () => undefined,
  unsubscribe: () => undefined,
  clear: () => undefined,
}

/** Applies theme, contrast and the size of messages, from the settings or the system. */
export function Themed({ children }: { readonly children: ReactNode }) {
  const chosen = useSettings(({ theme }) => theme)
  const contrast = useSettings(({ contrast }) => contrast)
  const messageFontSize = useSettings((settings) => settings.messageFontSize)
  const high = useWantedContrast() || contrast === 'high'
  const dark = useSystemDark()
  const scheme = chosen === 'system' ? (dark ? 'dark' : 'light') : chosen
  // Before effects of components below lay the page out, for which the provider's own come too late: a change of these
  // styles all of it anew.
  useInsertionEffect(() => {
    document.documentElement.dataset.mantineColorScheme = scheme
    document.documentElement.dataset.contrast = high ? 'high' : 'normal'
  }, [scheme, high])
  useInsertionEffect(() => {
    document.documentElement.style.setProperty('--message-size', `${messageFontSize}px`)
  }, [messageFontSize])
  const forced = chosen === 'system' ? {} : { forceColorScheme: chosen }
  return (
    <MantineProvider
      theme={theme}
      defaultColorScheme="auto"
      colorSchemeManager={notStored}
      getStyleNonce={() => styleNonce}
      {...forced}
    >
      {children}
    </MantineProvider>
  )
}
