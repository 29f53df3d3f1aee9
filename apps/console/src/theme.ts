import { createTheme, type MantineColorsTuple } from '@mantine/core';

/** The one accent. Shade 7 on white and white on shade 7 are both above 6:1. */
const ink: MantineColorsTuple = [
  '#eef6f8',
  '#dceaee',
  '#b9d5dd',
  '#92becb',
  '#6ba5b6',
  '#458aa0',
  '#2d738a',
  '#1f5f74',
  '#184d5f',
  '#113b4a',
];

const sans =
  '-apple-system, "Segoe UI", Roboto, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif';

/** Everything that makes Mantine look like Lectern. */
export const theme = createTheme({
  colors: { ink },
  primaryColor: 'ink',
  primaryShade: 7,
  black: '#1c2b33',
  fontFamily: sans,
  headings: {
    fontFamily: sans,
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '1.625rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '1rem', lineHeight: '1.4' },
    },
  },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Modal: {
      defaultProps: { centered: true, padding: 'lg', overlayProps: { backgroundOpacity: 0.35 } },
      styles: { title: { fontWeight: 600, fontSize: '1.125rem' } },
    },
    Alert: { defaultProps: { variant: 'light', radius: 'md' } },
    Badge: { defaultProps: { radius: 'sm', tt: 'none', fw: 500, size: 'md' } },
    Progress: { defaultProps: { radius: 'xl', size: 'md' } },
    Anchor: { defaultProps: { underline: 'hover' } },
  },
});
