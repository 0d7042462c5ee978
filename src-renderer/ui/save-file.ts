/** Hands a text or bytes to the browser to be saved as a file, where the person wants it. */
export function saveFile(content: string | Uint8Array<ArrayBuffer>, name: string): void {
  const url = URL.createObjectURL(new Blob([content], { type: 'application/octet-stream' }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has taken hold of it when this task ends.
  window.setTimeout(() => URL.revokeObjectURL(url), 0)
}
