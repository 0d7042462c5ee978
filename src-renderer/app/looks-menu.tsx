import { FontSizeOutlined } from '@ant-design/icons'
import { Button, Popover, Segmented, Switch } from 'antd'
import type { Locale } from '../../src-shared/i18n/index.ts'
import { useLooks } from '../ui/looks.ts'
import { useText } from '../ui/text.ts'
import type { TextSize } from '../ui/theme.ts'

/** Size of text, dark or light, language. */
export function LooksMenu() {
  const text = useText()
  const looks = useLooks()
  const content = (
    <div className="looks">
      <span id="looks-size">{text('looks.size')}</span>
      <Segmented<TextSize>
        aria-labelledby="looks-size"
        size="small"
        value={looks.size}
        options={[
          { value: 'standard', label: text('looks.size.standard') },
          { value: 'large', label: text('looks.size.large') },
        ]}
        onChange={(size) => looks.set({ size })}
      />
      <span id="looks-dark">{text('looks.dark')}</span>
      <Switch
        aria-labelledby="looks-dark"
        size="small"
        checked={looks.isDark}
        onChange={(isDark) => looks.set({ isDark })}
      />
      <span id="looks-language">{text('looks.language')}</span>
      <Segmented<Locale>
        aria-labelledby="looks-language"
        size="small"
        value={looks.locale}
        options={[
          { value: 'zh-CN', label: '中文' },
          { value: 'en', label: 'English' },
        ]}
        onChange={(locale) => looks.set({ locale })}
      />
    </div>
  )
  return (
    <Popover content={content} trigger="click" placement="bottomRight">
      <Button type="text" icon={<FontSizeOutlined />} aria-label={text('looks.open')} />
    </Popover>
  )
}
