import type { Page, SelectionView } from '#libs/contracts';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import controls from '../layout/controls.module.css';
import { Failure } from '../layout/notice.js';
import { reasonOf, type RefusalReason } from '../server/refusal.js';
import { request } from '../server/request.js';
import { useViewer } from '../viewer/use-viewer.js';
import { authorizationOf, type Viewer } from '../viewer/viewer.js';

type Subject = { readonly courseId: string } | { readonly lectureId: string };

const isOf = (subject: Subject, selection: SelectionView): boolean =>
  'courseId' in subject ? selection.courseId === subject.courseId : selection.lectureId === subject.lectureId;

async function unpick(subject: Subject, authorization: string | undefined): Promise<void> {
  const { items } = await request<Page<SelectionView>>('/selections?limit=200', { authorization });
  for (const { id } of items.filter((selection) => isOf(subject, selection)))
    await request<undefined>(`/selections/${id}`, { method: 'DELETE', authorization });
}

/** A learner picks for themselves, a hall's screen for its site. */
const canPick = ({ person, device }: Viewer): boolean =>
  person ? person.learnerId !== undefined : device !== undefined;

interface Props {
  subject: Subject;
  isPicked: boolean;
  /** Named after what it does, since its name does not say that it is pressed. */
  label: (isPicked: boolean) => string;
  isShort?: boolean;
}

export function PickButton({ subject, isPicked, label, isShort = false }: Props) {
  const { t } = useTranslation();
  const viewer = useViewer();
  const [picked, setPicked] = useState(isPicked);
  const [refused, setRefused] = useState<RefusalReason>();
  if (!canPick(viewer)) return null;

  const toggle = async () => {
    const authorization = authorizationOf(viewer);
    setRefused(undefined);
    setPicked(!picked);
    try {
      if (picked) await unpick(subject, authorization);
      else await request<SelectionView>('/selections', { method: 'POST', json: subject, authorization });
    } catch (error) {
      setPicked(picked);
      setRefused(reasonOf(error));
    }
  };

  return (
    <>
      <button type="button" className={controls.button} aria-label={label(picked)} onClick={() => void toggle()}>
        <span aria-hidden="true">{picked ? '✓' : '+'}</span>
        {!isShort && label(picked)}
        {isShort && picked && t('catalogue.isPicked')}
      </button>
      {refused && <Failure reason={refused} />}
    </>
  );
}
