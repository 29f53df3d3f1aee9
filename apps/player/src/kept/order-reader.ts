import type { CourseView, HallView, LectureView, SiteView } from '#libs/contracts';
import type { LinkRules } from '#libs/domain';
import { isGone, lecturesOfCourse, lecturesPicked, passingOver } from '../catalogue/listed-lectures.js';
import type { Ask } from '../server/every-item.js';
import { Refusal } from '../server/refusal.js';
import { read } from '../server/reads.js';
import type { PlayerDatabase } from '../store/player-database.js';
import type { Viewer } from '../viewer/viewer.js';
import type { KeepQuality } from './keep-quality.js';
import type { KeepOrder, KeptLecture } from './kept-lecture.js';
import type { KeptLibrary } from './kept-library.js';

/** A hall's screen asks as the device it is, whoever may be signed in on it. */
export const asKeeper = (viewer: Viewer): Viewer => (viewer.device ? { ...viewer, person: undefined } : viewer);

/** Looks at the catalogue on behalf of what is kept: which lectures an order means, and which are there no more. */
export class OrderReader {
  constructor(
    private readonly db: PlayerDatabase,
    private readonly library: KeptLibrary,
    private readonly viewer: () => Viewer,
  ) {}

  /** Of the site that this device belongs to, as last told; none where it belongs to no site. */
  async linkRules(): Promise<LinkRules | undefined | 'unknown'> {
    const { device } = this.viewer();
    if (!device) return undefined;
    try {
      const { linkHours, linkMbPerMonth, timeZone } = await this.ask<SiteView>(`/sites/${device.siteId}`);
      return { hours: linkHours, mbPerMonth: linkMbPerMonth, timeZone };
    } catch (error) {
      if (error instanceof Refusal) return 'unknown';
      throw error;
    }
  }

  /** @returns whether all of it could be looked at. */
  async look(): Promise<boolean> {
    try {
      // A hall that plays what is kept takes the roll too: also of those who have joined since.
      if (this.viewer().device) await this.ask<HallView>('/device');
      for (const order of this.library.current().orders) await this.follow(order);
      for (const kept of this.library.current().lectures) if (kept.isWhole) await this.compare(kept);
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }

  private async follow({ courseId, quality }: KeepOrder): Promise<void> {
    const meant =
      courseId === undefined
        ? lecturesPicked(this.ask, isGone)
        : passingOver(lecturesOfCourse(this.ask, courseId), isGone);
    for await (const lecture of meant) await this.want(quality, lecture);
  }

  private async want(quality: KeepQuality, lecture: LectureView): Promise<void> {
    if (!lecture.watchable || (await this.library.db.get('lectures', lecture.id))) return;
    const course = await this.ask<CourseView>(`/courses/${lecture.courseId}`);
    await this.library.keep({ lecture, course, quality });
  }

  private async compare({ lectureId, manifest }: KeptLecture): Promise<void> {
    try {
      const lecture = await this.ask<LectureView>(`/lectures/${lectureId}`);
      const isThere = lecture.editionId === manifest?.editionId;
      await this.library.change(lectureId, { lecture, trouble: isThere ? undefined : 'gone' });
    } catch (error) {
      if (!(error instanceof Refusal && isGone(error))) throw error;
      await this.library.change(lectureId, { trouble: 'gone' });
    }
  }

  private readonly ask: Ask = async <T>(path: string) => {
    const { value } = await read<T>(this.db, asKeeper(this.viewer()), path);
    return value;
  };
}
