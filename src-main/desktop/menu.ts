import type { MenuItemConstructorOptions } from 'electron'
import type { Words } from './words.ts'

/** What a keyboard needs to work in the page, and no more: no reload, no developer tools, no links. */
export function menuTemplate(words: Words): MenuItemConstructorOptions[] {
  return [
    { label: words.title, submenu: [{ role: 'quit', label: words.quit }] },
    {
      label: words.edit,
      submenu: [
        { role: 'undo', label: words.undo },
        { role: 'redo', label: words.redo },
        { type: 'separator' },
        { role: 'cut', label: words.cut },
        { role: 'copy', label: words.copy },
        { role: 'paste', label: words.paste },
        { role: 'selectAll', label: words.selectAll },
      ],
    },
    {
      label: words.view,
      submenu: [
        { role: 'zoomIn', label: words.zoomIn },
        { role: 'zoomOut', label: words.zoomOut },
        { role: 'resetZoom', label: words.resetZoom },
        { role: 'togglefullscreen', label: words.fullScreen },
      ],
    },
  ]
}
