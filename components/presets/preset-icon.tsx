import {
  BookOpen,
  Briefcase,
  ChartLine,
  CodeXml,
  GraduationCap,
  Heart,
  Languages,
  Lightbulb,
  type LucideIcon,
  Music,
  PenLine,
  Search,
  Sparkles,
} from 'lucide-react'
import type { PresetIcon as Icon } from '@/shared/presets/preset-icons'

const icons: Record<Icon, LucideIcon> = {
  sparkles: Sparkles,
  pen: PenLine,
  code: CodeXml,
  languages: Languages,
  book: BookOpen,
  study: GraduationCap,
  briefcase: Briefcase,
  chart: ChartLine,
  lightbulb: Lightbulb,
  search: Search,
  heart: Heart,
  music: Music,
}

export function PresetIcon({ icon, className }: { icon: Icon; className?: string }) {
  const Drawn = icons[icon]
  return <Drawn aria-hidden className={className} />
}
