/** What stands in the way of the conversation as a whole, at its end. */
export function ProblemLine({ text }: { text: string | undefined }) {
  return (
    <div role="alert">
      {text ? (
        <p className="mt-4 rounded-outside border border-danger/25 bg-danger-wash px-4 py-3 text-sm">
          {text}
        </p>
      ) : null}
    </div>
  )
}
