import type { EnrolledDevice, HallView } from '#libs/contracts';
import { useEffect, useRef, useState } from 'react';
import { Refusal } from '../server/refusal.js';
import { request } from '../server/request.js';
import { useServices } from '../services.js';
import { deviceAuthorization } from '../viewer/viewer.js';
import { type Reply, stepOf } from './check-in.js';
import type { HallDesk } from './hall-desk.js';
import { identify, type Learner } from './identify.js';
import { wholeMinutes } from './times.js';
import type { Prompts } from './use-prompts.js';
import { type Typing, useTyping } from './use-typing.js';

const SHOWN_MS = 8000;

export interface Said {
  readonly reply: Reply;
  readonly name: string;
  /** Of those who come in: whole minutes after the lecture began. */
  readonly lateMinutes?: number;
}

export interface CheckIn {
  readonly typing: Typing;
  /** Whose PIN is wanted next. */
  readonly pinOf: Learner | undefined;
  readonly said: Said | undefined;
}

interface Hall {
  readonly desk: HallDesk;
  readonly device: EnrolledDevice;
  readonly roster: HallView['roster'];
  readonly cards: HallView['cards'];
}

type Proof = 'right' | 'wrong' | 'unproven';

/** Only the house knows PINs. Without a link nobody can say whether one is right. */
async function proofOf(learnerId: string, pin: string, device: EnrolledDevice): Promise<Proof | 'too-many'> {
  try {
    const question = { method: 'POST', json: { learnerId, pin }, authorization: deviceAuthorization(device) } as const;
    await request('/device/pin-checks', question);
    return 'right';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 429) return 'too-many';
    return error.status === 0 || error.status >= 500 ? 'unproven' : 'wrong';
  }
}

/** Somebody has shown who they are: a check-in, a check-out, or the answer to a prompt. */
function useMeeting(desk: HallDesk, { prompt, answer }: Prompts, say: (said: Said) => void) {
  const { boot } = useServices();
  const lastAt = useRef(new Map<string, number>());
  return ({ id, name }: Learner, isProven: boolean): void => {
    const now = boot.clockMs();
    const step = stepOf({
      grade: desk.gradeOf(id),
      isProven,
      isPrompted: prompt !== undefined,
      hasAnswered: prompt?.answered.has(id) ?? false,
      sinceLastMs: now - (lastAt.current.get(id) ?? -Infinity),
    });
    lastAt.current.set(id, now);
    if (step.grade === null) desk.leave(id);
    else if (step.grade) desk.arrive(id, step.grade);
    if (step.reply === 'answered') answer(id);
    say({ reply: step.reply, name, lateMinutes: wholeMinutes(desk.lateMsOf(id)) });
  };
}

/** Turns what is scanned or typed into check-ins, check-outs and answers to prompts. */
export function useCheckIn({ desk, device, roster, cards }: Hall, prompts: Prompts, isListening: boolean): CheckIn {
  const [pinOf, setPinOf] = useState<Learner>();
  const [said, say] = useSaid();
  const meet = useMeeting(desk, prompts, say);

  const takePin = async (learner: Learner, pin: string) => {
    setPinOf(undefined);
    const proof = await proofOf(learner.id, pin, device);
    if (proof === 'wrong') say({ reply: 'wrongPin', name: learner.name });
    else if (proof === 'too-many') say({ reply: 'waitPin', name: learner.name });
    else meet(learner, proof === 'right');
  };

  const take = async (text: string) => {
    const found = await identify(text, { roster, cards });
    const isAnswer = prompts.prompt !== undefined && found && desk.gradeOf(found.learner.id) !== undefined;
    if (!found) say({ reply: 'unknown', name: '' });
    else if (found.by === 'code' && found.learner.hasPin && !isAnswer) setPinOf(found.learner);
    else meet(found.learner, found.by === 'card');
  };

  const typing = useTyping(isListening, (typed) => {
    const text = typed.trim();
    if (text !== '') void (pinOf ? takePin(pinOf, text) : take(text));
    else setPinOf(undefined);
  });
  return { typing, pinOf, said };
}

/** A reply is there long enough to be read from the door. */
function useSaid(): [Said | undefined, (said: Said) => void] {
  const [said, setSaid] = useState<Said>();
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(undefined), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [said]);
  return [said, setSaid];
}
