import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

export const root = fileURLToPath(new URL('../../', import.meta.url))
export const layers = ['src-shared', 'src-main', 'src-renderer', 'src-hub'] as const

export interface Source {
  /** Relative to the project, with forward slashes. */
  readonly path: string
  readonly text: string
}

/** Every TypeScript file below the folders given. */
export function sources(folders: readonly string[]): readonly Source[] {
  return folders
    .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(root, file).split(sep).join('/'), text: readFileSync(file, 'utf8') }))
}

function walk(node: ts.Node, visit: (node: ts.Node) => void): void {
  visit(node)
  ts.forEachChild(node, (child) => walk(child, visit))
}

function parse(source: Source): ts.SourceFile {
  return ts.createSourceFile(source.path, source.text, ts.ScriptTarget.Latest, true)
}

// A statement is written in one case throughout; an English sentence that begins with "Select" or "Update" is not.
const statements = [
  ['select', 'from'],
  ['insert', 'into'],
  ['update', 'set'],
  ['delete', 'from'],
].flatMap(([first, second]) => [
  new RegExp(`^\\s*${first}\\b[^]*\\b${second}\\b`),
  new RegExp(`^\\s*${first?.toUpperCase()}\\b[^]*\\b${second?.toUpperCase()}\\b`),
])
const definitions = [
  /^\s*(create|drop|alter)\s+(temp\s+|unique\s+|virtual\s+)?(table|index|trigger|view)\b/,
  /^\s*(CREATE|DROP|ALTER)\s+(TEMP\s+|UNIQUE\s+|VIRTUAL\s+)?(TABLE|INDEX|TRIGGER|VIEW)\b/,
  /^\s*(pragma|PRAGMA)\s+\w/,
  /^\s*(begin|BEGIN)\s+(immediate|exclusive|transaction|IMMEDIATE|EXCLUSIVE|TRANSACTION)\b/,
]

/** The texts in a file that are SQL statements; comments do not count. */
export function sqlTexts(source: Source): readonly string[] {
  const found: string[] = []
  walk(parse(source), (node) => {
    const text = ts.isTemplateExpression(node)
      ? node.head.text + node.templateSpans.map((span) => `?${span.literal.text}`).join('')
      : ts.isStringLiteralLike(node)
        ? node.text
        : ''
    if ([...statements, ...definitions].some((pattern) => pattern.test(text))) found.push(text)
  })
  return found
}

/** Whether a file has a default export, in any of its spellings. */
export function hasDefaultExport(source: Source): boolean {
  let found = false
  walk(parse(source), (node) => {
    if (ts.isExportAssignment(node)) found = true
    if (
      ts.canHaveModifiers(node) &&
      ts.getModifiers(node)?.some((one) => one.kind === ts.SyntaxKind.DefaultKeyword)
    ) {
      found = true
    }
    if (ts.isExportSpecifier(node) && node.name.text === 'default') found = true
  })
  return found
}

/** The relative modules a file imports, exports from or loads. */
export function relativeImports(source: Source): readonly string[] {
  const found: string[] = []
  walk(parse(source), (node) => {
    const named =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node) ? node.moduleSpecifier : undefined
    const loaded =
      ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
        ? node.arguments[0]
        : undefined
    const specifier = named ?? loaded
    if (specifier !== undefined && ts.isStringLiteralLike(specifier) && specifier.text.startsWith('.')) {
      found.push(specifier.text)
    }
  })
  return found
}
