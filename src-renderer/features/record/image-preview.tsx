import { useState } from 'react'
import { PreviewFrame, usePose } from './preview-tools.tsx'

interface ImagePreviewProps {
  readonly url: string
  readonly name: string
  onShown(): void
}

/** A picture of evidence. On its side it takes the room of a picture that was taken so. */
export function ImagePreview({ url, name, onShown }: ImagePreviewProps) {
  const pose = usePose()
  const [ratio, setRatio] = useState(1)
  const isOnItsSide = pose.turns % 2 === 1
  return (
    <PreviewFrame name={name} pose={pose}>
      <div
        className="preview-turned"
        style={{ width: `${pose.zoom * 100}%`, aspectRatio: isOnItsSide ? 1 / ratio : ratio }}
      >
        <img
          src={url}
          alt={name}
          style={{
            width: isOnItsSide ? `${ratio * 100}%` : '100%',
            transform: `translate(-50%, -50%) rotate(${pose.turns * 90}deg)`,
          }}
          onLoad={({ currentTarget }) => {
            const { naturalWidth, naturalHeight } = currentTarget
            if (naturalWidth > 0 && naturalHeight > 0) setRatio(naturalWidth / naturalHeight)
            onShown()
          }}
          onError={onShown}
        />
      </div>
    </PreviewFrame>
  )
}
