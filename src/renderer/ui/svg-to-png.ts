/** Renders an SVG document of `width` × `height` pixels as PNG, at `scale` times the resolution. */
export async function svgToPng(svg: string, width: number, height: number, scale = 2): Promise<Uint8Array> {
  const image = new Image()
  // A data: URL, which the content security policy allows for images.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`
  await image.decode()
  const canvas = document.createElement('canvas')
  canvas.width = Math.round(width * scale)
  canvas.height = Math.round(height * scale)
  const context = canvas.getContext('2d')
  if (!context) throw new Error('Could not draw the picture: no canvas is available.')
  context.drawImage(image, 0, 0, canvas.width, canvas.height)
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'))
  if (!blob) throw new Error(`Could not write a picture of ${canvas.width} × ${canvas.height} pixels as PNG.`)
  return new Uint8Array(await blob.arrayBuffer())
}
