/** What a preset may be shown with. `components/presets/preset-icon.tsx` draws them. */
export const presetIcons = [
  'sparkles',
  'pen',
  'code',
  'languages',
  'book',
  'study',
  'briefcase',
  'chart',
  'lightbulb',
  'search',
  'heart',
  'music',
] as const
export type PresetIcon = (typeof presetIcons)[number]
