import { contextBridge, ipcRenderer } from 'electron'
import { desktopBridge } from './api.ts'

contextBridge.exposeInMainWorld('liandang', desktopBridge(ipcRenderer))
