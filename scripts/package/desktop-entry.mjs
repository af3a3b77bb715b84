import { product } from './product.mjs'

/**
 * The menu entry. A window is matched to it by its class, which Electron took from the app's title until 41.6, and takes
 * from the entry's own name since.
 * @param {string} electronVersion
 */
export function desktopEntry(electronVersion) {
  const windowClass = compareVersions(electronVersion, '41.6.1') < 0 ? product.title : product.name
  return `[Desktop Entry]
Type=Application
Name=${product.title}
GenericName=Message inspector
Comment=${product.description}
Exec=${product.name} %U
Icon=${product.name}
Terminal=false
Categories=Development;
Keywords=${product.keywords.join(';')};
MimeType=x-scheme-handler/${product.scheme};
StartupNotify=true
StartupWMClass=${windowClass}
`
}

/**
 * @param {string} one
 * @param {string} other
 */
function compareVersions(one, other) {
  const [ours, theirs] = [one, other].map((version) => version.split('.').map((part) => Number.parseInt(part, 10)))
  for (let index = 0; index < 3; index += 1) {
    const difference = (ours?.[index] ?? 0) - (theirs?.[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}
