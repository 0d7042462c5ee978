import { resolve } from 'node:path'
import react from '@vitejs/plugin-react'
import { defineConfig } from 'electron-vite'
import { pdfFiles } from './scripts/pdf-files.mjs'
import { programs } from './scripts/programs.mjs'

const root = import.meta.dirname

export default defineConfig({
  main: {
    build: {
      outDir: resolve(root, 'out/main'),
      target: 'node24',
      rolldownOptions: {
        input: Object.fromEntries(
          Object.entries(programs).map(([name, file]) => [name, resolve(root, file)]),
        ),
        // Chunks lie beside the programs, so that a path relative to a module holds wherever it was put.
        output: { format: 'es', entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  },
  preload: {
    build: {
      outDir: resolve(root, 'out/preload'),
      target: 'node24',
      // A sandboxed preload can load no package: all it needs is inside.
      externalizeDeps: false,
      rolldownOptions: {
        input: { preload: resolve(root, 'src-main/preload/preload.ts') },
        output: { format: 'cjs', entryFileNames: '[name].cjs', chunkFileNames: '[name]-[hash].cjs' },
      },
    },
  },
  renderer: {
    root: resolve(root, 'src-renderer'),
    plugins: [react(), pdfFiles()],
    build: {
      outDir: resolve(root, 'out/renderer'),
      // local-web meets the browsers of older domestic systems too.
      target: 'chrome103',
      minify: true,
      chunkSizeWarningLimit: 4096,
      rolldownOptions: { input: resolve(root, 'src-renderer/index.html') },
    },
  },
})
