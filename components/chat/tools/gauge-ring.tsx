/** A circle that is drawn as far as something is full. */
export function GaugeRing({ share }: { share: number }) {
  return (
    <svg aria-hidden viewBox="0 0 16 16" className="-rotate-90" fill="none" strokeWidth="2.5">
      <circle cx="8" cy="8" r="6" className="stroke-edge" />
      {share > 0 ? (
        <circle
          cx="8"
          cy="8"
          r="6"
          pathLength="100"
          strokeDasharray={`${Math.max(share * 100, 1)} 100`}
          stroke="currentColor"
        />
      ) : null}
    </svg>
  )
}
