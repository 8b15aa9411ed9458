/** The stream’s own sign, shown wherever something is on its way. */
export function Sign() {
  return (
    <svg
      viewBox="0 0 24 12"
      aria-hidden
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      className="sign h-3 w-6 shrink-0 text-river"
    >
      <path d="M2 7.5c2.5-4 4.5-4 7 0s4.5 4 7 0 4-4 6-1.5" />
    </svg>
  )
}
