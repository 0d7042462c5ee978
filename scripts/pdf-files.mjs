import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

const library = dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'))

/** Character maps of Chinese fonts that a PDF names without bringing them. */
const chinese = /^(Adobe-(GB1|CNS1)|GB|UniGB|B5|CNS|ET|HK|UniCNS)/

/**
 * What the PDF viewer asks for by name while it reads a file: character maps, and a decoder of JPEG 2000 that needs no
 * WebAssembly. They are put beside the page, as the content policy lets it load nothing from elsewhere.
 *
 * @returns {import('vite').Plugin}
 */
export function pdfFiles() {
  return {
    name: 'pdf-files',
    apply: 'build',
    generateBundle() {
      const emit = (/** @type {string} */ folder, /** @type {string} */ name) =>
        this.emitFile({
          type: 'asset',
          fileName: `pdf/${name}`,
          source: readFileSync(join(library, folder, name)),
        })
      for (const name of readdirSync(join(library, 'cmaps'))) if (chinese.test(name)) emit('cmaps', name)
      emit('wasm', 'openjpeg_nowasm_fallback.js')
    },
  }
}
