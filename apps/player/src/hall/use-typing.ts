import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { typedWith } from './typed-keys.js';

export interface Typing {
  readonly text: string;
  readonly set: (text: string) => void;
  readonly submit: () => void;
}

const FIELD = 'textarea, input:not([type=checkbox], [type=range], [type=radio], [type=file])';

const isField = (target: EventTarget | null): boolean => target instanceof Element && target.matches(FIELD);

/** Gathers what a scanner or a remote control types, wherever the focus is, before anything else sees the keys. */
export function useTyping(isListening: boolean, onSubmit: (text: string) => void): Typing {
  // A scanner is faster than a render.
  const latest = useRef('');
  const [text, setText] = useState('');
  const set = (next: string) => {
    latest.current = next;
    setText(next);
  };
  const submit = () => {
    const whole = latest.current;
    set('');
    onSubmit(whole);
  };
  const hear = useEffectEvent((event: KeyboardEvent) => {
    const isChord = event.ctrlKey || event.altKey || event.metaKey;
    const typed = typedWith({ key: event.key, isChord, isInField: isField(event.target) }, latest.current);
    if (typed.isTaken) {
      event.preventDefault();
      event.stopPropagation();
    }
    if (typed.isSubmitted) submit();
    else if (typed.text !== latest.current) set(typed.text);
  });

  useEffect(() => {
    if (!isListening) return;
    const listener = (event: KeyboardEvent) => hear(event);
    window.addEventListener('keydown', listener, true);
    return () => window.removeEventListener('keydown', listener, true);
  }, [isListening]);

  return { text, set, submit };
}
