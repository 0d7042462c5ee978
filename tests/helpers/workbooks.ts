import excel from 'exceljs'

export type Cell = string | number | boolean | Date | null | object

/** A workbook with one sheet, as a spreadsheet program writes it. */
export async function workbookBytes(
  rows: readonly (readonly Cell[])[],
  change: (sheet: excel.Worksheet, workbook: excel.Workbook) => void = () => undefined,
  name = '表',
): Promise<Buffer> {
  const workbook = new excel.Workbook()
  const sheet = workbook.addWorksheet(name)
  for (const row of rows) sheet.addRow([...row])
  change(sheet, workbook)
  return Buffer.from(await workbook.xlsx.writeBuffer())
}

/** GB 11643-1999: the check digit of 17 digits is that of ISO 7064 MOD 11-2. */
export function identityNumber(digits: string): string {
  const sum = [...digits].reduce((rest, digit) => (2 * (rest + Number(digit))) % 11, 0)
  return digits + ('10X98765432'[sum] as string)
}

/** An appointment form about nobody: made-up names, made-up numbers with a right check digit. */
export function appointmentForm(changes: Readonly<Record<string, string>> = {}): string {
  const fields: Readonly<Record<string, string>> = {
    XingMing: '钟离未',
    XingBie: '男',
    ChuShengNianYue: '197805',
    MinZu: '汉族',
    JiGuan: '某省某县',
    ChuShengDi: '某省某县',
    RuDangShiJian: '200107',
    CanJiaGongZuoShiJian: '199807',
    JianKangZhuangKuang: '健康',
    QuanRiZhiJiaoYu_XueLi: '大专',
    QuanRiZhiJiaoYu_XueLi_BiYeYuanXiaoXi: '某师范专科学校中文系',
    ZaiZhiJiaoYu_XueLi: '大学',
    ZaiZhiJiaoYu_XueWei: '学士',
    ZaiZhiJiaoYu_XueLi_BiYeYuanXiaoXi: '某大学行政管理专业',
    XianRenZhiWu: '某县财政局党组成员、副局长',
    NiRenZhiWu: '某县财政局局长',
    JianLi:
      '1998.07--2001.03  某县某镇财政所科员\r\n2001.03--2010.11  某县财政局  预算股股长\r\n　　　　　　　　（其间：2003.09--2005.07在某大学行政管理专业学习）\r\n2010.11--        某县财政局党组成员、副局长',
    JiangChengQingKuang: '2015年被某县委授予先进个人',
    NianDuKaoHeJieGuo: '2021年优秀，2022年称职。2023年度因病未参加',
    ShenFenZheng: identityNumber('11010519780512003'),
    Version: '3.2.1.6',
    ...changes,
  }
  const family = [
    ['妻子', '钟离申', '197909', '群众', '某县第一中学教师'],
    ['儿子', '钟离酉', '20051201', '共青团员', '某大学学生'],
  ]
    .map(
      ([title, name, birth, status, work]) =>
        `<Item><ChengWei>${title}</ChengWei><XingMing>${name}</XingMing><ChuShengRiQi>${birth}</ChuShengRiQi><ZhengZhiMianMao>${status}</ZhengZhiMianMao><GongZuoDanWeiJiZhiWu>${work}</GongZuoDanWeiJiZhiWu></Item>`,
    )
    .join('')
  const elements = Object.entries(fields).map(([name, text]) => `<${name}>${text}</${name}>`)
  return `<?xml version="1.0" encoding="utf-8"?>\n<Person>${elements.join('\n')}<JiaTingChengYuan>${family}</JiaTingChengYuan><ZhaoPian>/9j/4AAQ</ZhaoPian></Person>`
}
