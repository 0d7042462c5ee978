import { Button, Input, QRCode, Skeleton } from 'antd'
import { useQuery } from '../../app/use-query.ts'
import { ErrorNotice } from '../../ui/error-notice.tsx'
import { saveFile } from '../../ui/save-file.ts'
import { useText } from '../../ui/text.ts'
import { CodeDisplay } from '../devices/code-display.tsx'

/** The own unit's card for another one that sends a dossier here, and the code to tell it by telephone. */
export function OwnCard() {
  const text = useText()
  const card = useQuery('transfer.card', {})
  if (card.failure !== null) return <ErrorNotice failure={card.failure} onRetry={card.reload} />
  if (card.data === null) return <Skeleton active />
  const { text: written, code } = card.data
  return (
    <section className="card" aria-labelledby="own-card">
      <h2 id="own-card">{text('transfer.card.own')}</h2>
      <p className="prose-line">{text('transfer.card.own.hint')}</p>
      <div className="transfer-card">
        <div>
          <CodeDisplay label={text('transfer.code.own')} value={code} />
          <Input.TextArea
            readOnly
            rows={5}
            spellCheck={false}
            aria-label={text('transfer.card.text')}
            value={written}
            onFocus={(event) => event.target.select()}
          />
          <Button onClick={() => saveFile(`${written}\n`, 'liandang-unit-card.json')}>
            {text('transfer.card.save')}
          </Button>
        </div>
        <figure aria-label={text('transfer.card.qr')}>
          <QRCode value={written} size={220} errorLevel="L" bordered={false} />
        </figure>
      </div>
    </section>
  )
}
