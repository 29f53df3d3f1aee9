const shapes = {
  play: 'M7 4v16l13-8z',
  pause: 'M6 4h4v16H6zM14 4h4v16h-4z',
  back: 'M11 6V2L4 8l7 6v-4a6 6 0 1 1-6 6H3a8 8 0 1 0 8-10z',
  forward: 'M13 6V2l7 6-7 6v-4a6 6 0 1 0 6 6h2A8 8 0 1 1 13 6z',
  sound: 'M3 9v6h4l5 5V4L7 9zM15 8.5a5 5 0 0 1 0 7zM15 4v2.2a6.5 6.5 0 0 1 0 11.6V20a8.5 8.5 0 0 0 0-16z',
  muted:
    'M3 9v6h4l5 5V4L7 9zM21 9.4 19.6 8 17 10.6 14.4 8 13 9.4l2.6 2.6L13 14.6l1.4 1.4 2.6-2.6 2.6 2.6 1.4-1.4-2.6-2.6z',
  fullScreen: 'M4 4h6v2H6v4H4zM14 4h6v6h-2V6h-4zM4 14h2v4h4v2H4zM18 14h2v6h-6v-2h4z',
  leaveFullScreen: 'M8 4h2v6H4V8h4zM14 4h2v4h4v2h-6zM4 14h6v6H8v-4H4zM14 14h6v2h-4v4h-2z',
} as const;

export function Icon({ shape }: { shape: keyof typeof shapes }) {
  return (
    <svg viewBox="0 0 24 24" aria-hidden="true">
      <path d={shapes[shape]} />
    </svg>
  );
}
