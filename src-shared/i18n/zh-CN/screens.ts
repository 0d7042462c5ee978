/** Words of the screens. Keys are `<screen>.<what>`; the same keys stand in `en/screens.ts`. */
export const screenMessages = {
  'app.name': '廉档',
} as const satisfies Record<string, string>
