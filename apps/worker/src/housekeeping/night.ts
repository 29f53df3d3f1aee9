const DAY_MS = 24 * 3_600_000;

/** Whether it is night where this machine stands: from one to five. */
export const isNight = (now: Date): boolean => now.getHours() >= 1 && now.getHours() < 5;

/** Which of so many shares this day's is: as many days later each has been. */
export const shareOf = (now: Date, shares: number): number => Math.floor(now.getTime() / DAY_MS) % shares;
