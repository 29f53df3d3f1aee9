import { useEffect, useRef, type ReactNode } from 'react';
import { Link } from 'wouter';

interface Props {
  href: string;
  className: string | undefined;
  'aria-describedby'?: string;
  children: ReactNode;
}

/** The way that most people take from here: a remote control begins on it. */
export function FocusedLink(props: Props) {
  const link = useRef<HTMLAnchorElement>(null);
  useEffect(() => link.current?.focus(), []);
  return <Link ref={link} {...props} />;
}
