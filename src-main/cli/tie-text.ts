import type { TieFinding } from '../../src-shared/contract/log-views.ts'
import { translate } from '../../src-shared/i18n/index.ts'

/** One finding in one line: whose record, and who took part in it. */
export function tieText({ cadreName, category, record, name, as, tie }: TieFinding): string {
  const said = translate('zh-CN', `ties.${tie}`, { name, as: translate('zh-CN', `fault.as.${as}`) })
  return `  △ ${cadreName} ${category}（条目 ${record}）：${said}`
}
