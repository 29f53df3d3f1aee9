import { useTranslation } from 'react-i18next';
import { Link, Redirect, Route, Switch } from 'wouter';
import { CatalogueScreen } from './catalogue/catalogue.screen.js';
import { CourseScreen } from './course/course.screen.js';
import { AsDevice } from './hall/as-device.js';
import { Shell } from './layout/shell.js';
import { lazyScreen } from './layout/lazy-screen.js';
import { SettingsScreen } from './settings/settings.screen.js';
import { PairScreen } from './sign-in/pair.screen.js';
import { SignInScreen } from './sign-in/sign-in.screen.js';
import { useViewer } from './viewer/use-viewer.js';
import { isKnown } from './viewer/viewer.js';

const LectureScreen = lazyScreen(() => import('./lecture/lecture.screen.js').then((part) => part.LectureScreen));
const RecordScreen = lazyScreen(() => import('./record/record.screen.js').then((part) => part.RecordScreen));
const ExplanationScreen = lazyScreen(() =>
  import('./record/explanation.screen.js').then((part) => part.ExplanationScreen),
);
const DaysScreen = lazyScreen(() => import('./record/days.screen.js').then((part) => part.DaysScreen));
const DayScreen = lazyScreen(() => import('./record/day.screen.js').then((part) => part.DayScreen));
const KeptScreen = lazyScreen(() => import('./kept/kept.screen.js').then((part) => part.KeptScreen));
const HallScreen = lazyScreen(() => import('./hall/hall.screen.js').then((part) => part.HallScreen));
const CheckInScreen = lazyScreen(() => import('./hall/check-in.screen.js').then((part) => part.CheckInScreen));
const ProgrammesScreen = lazyScreen(() => import('./hall/programmes.screen.js').then((part) => part.ProgrammesScreen));
const ProgrammeScreen = lazyScreen(() => import('./hall/programme.screen.js').then((part) => part.ProgrammeScreen));
const RollCallScreen = lazyScreen(() => import('./hall/roll-call.screen.js').then((part) => part.RollCallScreen));

export function App() {
  return (
    <Shell>
      <Switch>
        <Route path="/sign-in">
          <ForNobody />
        </Route>
        <Route path="/pair">
          <PairScreen />
        </Route>
        <Route path="/settings">
          <SettingsScreen />
        </Route>
        <Route>
          <ForTheKnown />
        </Route>
      </Switch>
    </Shell>
  );
}

/** Who has signed in has nothing to do here any more. */
function ForNobody() {
  const { person } = useViewer();
  return person ? <Redirect to="/" /> : <SignInScreen />;
}

/** Who is not known yet signs in where they are and goes on there: the address of a lecture stays. */
function ForTheKnown() {
  const viewer = useViewer();
  if (!isKnown(viewer)) return <SignInScreen />;
  return (
    <Switch>
      <Route path="/">
        <CatalogueScreen />
      </Route>
      <Route path="/courses/:id">{({ id }) => <CourseScreen key={id} id={id} />}</Route>
      <Route path="/lectures/:id">{({ id }) => <LectureScreen key={id} id={id} />}</Route>
      <Route path="/record">
        <RecordScreen />
      </Route>
      <Route path="/record/days">
        <DaysScreen />
      </Route>
      <Route path="/record/days/:day">{({ day }) => <DayScreen key={day} day={day} />}</Route>
      <Route path="/record/:id">{({ id }) => <ExplanationScreen key={id} editionId={id} />}</Route>
      <Route path="/kept">
        <KeptScreen />
      </Route>
      <Route path="/check-in">
        <CheckInScreen />
      </Route>
      <Route path="/hall">
        <AsDevice>{(device) => <HallScreen device={device} />}</AsDevice>
      </Route>
      <Route path="/hall/lists">
        <AsDevice>{() => <ProgrammesScreen />}</AsDevice>
      </Route>
      <Route path="/hall/lists/:list">
        {({ list }) => <AsDevice>{() => <ProgrammeScreen key={list} list={list} />}</AsDevice>}
      </Route>
      <Route path="/hall/:id">
        {({ id }) => <AsDevice>{(device) => <RollCallScreen key={id} lectureId={id} device={device} />}</AsDevice>}
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  );
}

function NotFound() {
  const { t } = useTranslation();
  return (
    <>
      <h1>{t('notFound.title')}</h1>
      <Link href="/">{t('notFound.back')}</Link>
    </>
  );
}
