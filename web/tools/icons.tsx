// Pictures of the tools, drawn as strokes in a box of 20 × 20.
import type { ReactNode } from 'react';

const icon = (shape: ReactNode) =>
  function ToolIcon() {
    return (
      <svg
        width="18"
        height="18"
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.6"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
      >
        {shape}
      </svg>
    );
  };

export const SelectIcon = icon(<path d="M5 3l11 6.6-4.9 1.3L8.6 15.500z" />);
export const PaintIcon = icon(
  <path d="M16.5 3.500L9.5 10.500M9 11c-2.5-.6-4 1-4 2.6 0 1-.8 1.7-2 1.9 2.4 1.6 7.6 1.4 7.6-2.3 0-.9-.6-1.8-1.6-2.200z" />,
);
export const SplitIcon = icon(
  <>
    <path d="M4 4h12v12H4z" />
    <path d="M2.5 14.500l15-9" strokeDasharray="2.5 2.2" />
  </>,
);
export const DrawIcon = icon(
  <>
    <path d="M4 8.500l5-5 7 3-1.5 8.5-8 1z" />
    <circle cx="4" cy="8.5" r="1" />
    <circle cx="9" cy="3.5" r="1" />
    <circle cx="16" cy="6.5" r="1" />
  </>,
);
export const ReshapeIcon = icon(
  <>
    <path d="M2.5 8h3c2.5 0 2 5 4.5 5s2-5 4.5-5h3" />
    <path d="M5.5 8h9" strokeDasharray="1.5 2" />
  </>,
);
export const MergeIcon = icon(
  <>
    <path d="M3.5 5h13v10h-13z" />
    <path d="M10 5v2M10 13v2M5.5 10h3M14.5 10h-3M7.3 8.700L8.6 10l-1.3 1.300M12.7 8.700L11.4 10l1.3 1.3" />
  </>,
);
export const DivideIcon = icon(<path d="M4 4h12v12H4zM10 4v12M4 10h12" />);
