import { Badge } from '@mantine/core';

/** How much attention a state deserves. Every pair of colours is above 6:1. */
const tones = {
  quiet: { bg: 'gray.1', c: 'dark.6' },
  moving: { bg: 'ink.1', c: 'ink.9' },
  good: { bg: 'ink.7', c: 'white' },
  warning: { bg: '#fff0cf', c: '#6b4300' },
  bad: { bg: '#fde3e1', c: '#8c1d18' },
} as const;

export type Tone = keyof typeof tones;

/** A state in a few words, which a narrow column never cuts off. */
export const ToneBadge = ({ tone, label }: { tone: Tone; label: string }) => (
  <Badge miw="max-content" {...tones[tone]}>
    {label}
  </Badge>
);
