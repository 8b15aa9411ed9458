import { classNames } from '@/shared/ui/class-names'

/** Two strands that become one: the sign of Rivulet. */
export function Mark({ className }: { className?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      aria-hidden
      fill="none"
      stroke="currentColor"
      strokeWidth="2.1"
      strokeLinecap="round"
      className={classNames('text-river', className ?? 'size-5')}
    >
      <path d="M6.5 4c0 8 9 7.5 9 16" />
      <path d="M18.5 5c0 3.2-1 5.4-3.6 7.3" />
    </svg>
  )
}

export function Wordmark({ name }: { name: string }) {
  return (
    <span className="flex items-center gap-1.5 text-[0.9375rem] font-semibold tracking-[-0.015em]">
      <Mark />
      {name}
    </span>
  )
}
