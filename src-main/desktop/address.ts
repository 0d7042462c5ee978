/** The page's own scheme; `file:` is never used, because it would let a page read the disk. */
export const pageScheme = 'app'
const pageHost = 'liandang'

/** Where the window's page is. */
export const pageAddress = `${pageScheme}://${pageHost}/`

/** True for an address of the page itself, whatever its path: the scheme and the host are compared, not a prefix. */
export function isPageAddress(address: string): boolean {
  try {
    const url = new URL(address)
    return (
      url.protocol === `${pageScheme}:` && url.host === pageHost && url.username === '' && url.password === ''
    )
  } catch {
    return false
  }
}
