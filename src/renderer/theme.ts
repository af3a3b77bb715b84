import { createTheme, type MantineColorsTuple } from '@mantine/core'
import { isMac, isWindows } from './ui/platform.ts'

/** The one accent colour: shade 6 is dark enough for white text, shade 4 light enough for dark backgrounds. */
const accent: MantineColorsTuple = [
  '#eef3ff',
  '#dbe5fb',
  '#b4c8f3',
  '#8aa9ec',
  '#678fe6',
  '#4f7de2',
  '#3567d6',
  '#2a57bd',
  '#204da9',
  '#123f95',
]

/** Greys of the dark theme, in the hue of its surfaces: the lightest first. */
const dark: MantineColorsTuple = [
  '#e4e7eb',
  '#c3cad4',
  '#a4adb8',
  '#8b95a1',
  '#3a4048',
  '#2f343b',
  '#24282e',
  '#1b1d21',
  '#16181b',
  '#101215',
]

// Only what such a system usually has: looking in vain for a font takes the first paint some milliseconds.
const monospace = isMac
  ? 'ui-monospace, Menlo, monospace'
  : isWindows
    ? '"Cascadia Mono", Consolas, monospace'
    : 'monospace'

export const theme = createTheme({
  primaryColor: 'accent',
  colors: { accent, dark },
  primaryShade: { light: 6, dark: 6 },
  fontFamily: 'system-ui, sans-serif',
  fontFamilyMonospace: monospace,
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '18px' },
  spacing: { xs: '4px', sm: '8px', md: '12px', lg: '16px', xl: '24px' },
  defaultRadius: 'sm',
  cursorType: 'default',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs', fw: 500 } },
    TextInput: { defaultProps: { size: 'xs' } },
    NumberInput: { defaultProps: { size: 'xs' } },
    NativeSelect: { defaultProps: { size: 'xs' } },
    Select: { defaultProps: { size: 'xs' } },
    Checkbox: { defaultProps: { size: 'xs' } },
    // Labels would fade from one theme's colours to the other's, and be hard to read meanwhile.
    SegmentedControl: { defaultProps: { size: 'xs', transitionDuration: 0 } },
    ActionIcon: { defaultProps: { size: 'md', variant: 'subtle', color: 'gray' } },
    Tooltip: { defaultProps: { openDelay: 400, withArrow: true } },
    // Menus open inside the page's main landmark, for assistive tools too.
    Portal: { defaultProps: { target: '#overlays' } },
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
    Popover: {
      defaultProps: {
        transitionProps: { duration: 0 },
        shadow: 'md',
        withinPortal: true,
        trapFocus: true,
        returnFocus: true,
      },
    },
  },
})
