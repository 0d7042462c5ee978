interface CodeDisplayProps {
  readonly label: string
  readonly value: string
}

/** A code or address that somebody reads out: large, in groups, each sign by itself. */
export function CodeDisplay({ label, value }: CodeDisplayProps) {
  return (
    <figure className="code-display">
      <figcaption>{label}</figcaption>
      <output aria-label={label}>{value}</output>
    </figure>
  )
}
