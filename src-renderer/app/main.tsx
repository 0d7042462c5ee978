import { createRoot } from 'react-dom/client'
import '../ui/styles.css'
import { Guarded } from '../ui/guarded.tsx'
import { watchChanges } from './changes.ts'
import { Providers } from './providers.tsx'
import { readSession } from './session.ts'
import { Start } from './start.tsx'

watchChanges()
void readSession()

const root = document.getElementById('root')
if (root !== null) {
  createRoot(root).render(
    <Providers>
      <Guarded>
        <Start />
      </Guarded>
    </Providers>,
  )
}
