import { Center, Container, MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Redirect, Route, Router, Switch } from 'wouter';
import type { AccountView } from '#libs/contracts';
import { Loading } from './layout/answer';
import { Frame } from './layout/frame';
import { ProblemAlert } from './layout/problem-alert';
import { Screen } from './layout/screen';
import { AccountsScreen } from './screens/accounts/accounts-screen';
import { CourseScreen } from './screens/course/course-screen';
import { CoursesScreen } from './screens/courses/courses-screen';
import { ExplanationScreen } from './screens/explanation/explanation-screen';
import { FilesScreen } from './screens/files/files-screen';
import { HealthScreen } from './screens/health/health-screen';
import { LearnerDayScreen } from './screens/learner-record/learner-day-screen';
import { LearnerRecordScreen } from './screens/learner-record/learner-record-screen';
import { LectureRecordScreen } from './screens/lecture-record/lecture-record-screen';
import { LectureScreen } from './screens/lecture/lecture-screen';
import { PipelineScreen } from './screens/pipeline/pipeline-screen';
import { ReviewScreen } from './screens/review/review-screen';
import { SignInScreen } from './screens/sign-in/sign-in-screen';
import { SheetScreen } from './screens/paper/sheet-screen';
import { SiteRecordScreen } from './screens/site-record/site-record-screen';
import { SiteScreen } from './screens/site/site-screen';
import { SitesScreen } from './screens/sites/sites-screen';
import { UnitRecordScreen } from './screens/unit-record/unit-record-screen';
import { UploadsProvider } from './screens/uploads/uploads-provider';
import { UploadsScreen } from './screens/uploads/uploads-screen';
import { createQueryClient } from './server/queries';
import { areasOf } from './session/may';
import { SignedIn, useWhoAmI } from './session/session';
import { theme } from './theme';

export function App() {
  const [client] = useState(createQueryClient);
  return (
    <MantineProvider theme={theme} forceColorScheme="light">
      <QueryClientProvider client={client}>
        <UploadsProvider>
          <Router base="/console">
            <Door />
          </Router>
        </UploadsProvider>
      </QueryClientProvider>
    </MantineProvider>
  );
}

/** Shows the house to whoever is signed in, and the sign-in to everybody else. */
function Door() {
  const who = useWhoAmI();
  if (who.data) return <House account={who.data} />;
  if (who.data === null) return <SignInScreen />;
  return (
    <Center mih="100vh">
      {who.error ? (
        <Container size="xs">
          <ProblemAlert error={who.error} onRetry={() => void who.refetch()} />
        </Container>
      ) : (
        <Loading />
      )}
    </Center>
  );
}

function House({ account }: { account: AccountView }) {
  const [first] = areasOf(account.roles);
  return (
    <SignedIn account={account}>
      <Frame>
        <Switch>
          <Route path="/">{first ? <Redirect to={`/${first}`} replace /> : <Nothing sentence="noRole" />}</Route>
          <Route path="/uploads" component={UploadsScreen} />
          <Route path="/courses" component={CoursesScreen} />
          <Route path="/courses/:id">{({ id }) => <CourseScreen key={id} id={id} />}</Route>
          <Route path="/lectures/:id">{({ id }) => <LectureScreen key={id} id={id} />}</Route>
          <Route path="/lectures/:id/record">{({ id }) => <LectureRecordScreen key={id} id={id} />}</Route>
          <Route path="/learners/:id/record">{({ id }) => <LearnerRecordScreen key={id} id={id} />}</Route>
          <Route path="/learners/:id/days/:day">
            {({ id, day }) => <LearnerDayScreen key={id + day} learnerId={id} day={day} />}
          </Route>
          <Route path="/learners/:id/record/:editionId">
            {({ id, editionId }) => <ExplanationScreen key={id + editionId} learnerId={id} editionId={editionId} />}
          </Route>
          <Route path="/pipeline" component={PipelineScreen} />
          <Route path="/sites" component={SitesScreen} />
          <Route path="/sites/:id/sheet">{({ id }) => <SheetScreen key={id} id={id} />}</Route>
          <Route path="/sites/:id">{({ id }) => <SiteScreen key={id} id={id} />}</Route>
          <Route path="/sites/:id/record">{({ id }) => <SiteRecordScreen key={id} id={id} />}</Route>
          <Route path="/files" component={FilesScreen} />
          <Route path="/review" component={ReviewScreen} />
          <Route path="/units/:id/record">{({ id }) => <UnitRecordScreen key={id} id={id} />}</Route>
          <Route path="/accounts" component={AccountsScreen} />
          <Route path="/health" component={HealthScreen} />
          <Route>
            <Nothing sentence="notFound" />
          </Route>
        </Switch>
      </Frame>
    </SignedIn>
  );
}

function Nothing({ sentence }: { sentence: 'noRole' | 'notFound' }) {
  const { t } = useTranslation();
  return <Screen title={t(`states.${sentence}.title`)}>{t(`states.${sentence}.detail`)}</Screen>;
}
