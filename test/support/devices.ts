import type { EnrolledDevice } from '#libs/contracts';
import { v7 as uuidv7 } from 'uuid';
import type { Call } from './client.js';
import { batchOf, spanOf, type startWatching } from './tracking.js';

const YESTERDAY = Date.now() - 24 * 3_600_000;

export type Enrol = ReturnType<typeof deviceMaker>['enrol'];
export type Maker = ReturnType<typeof deviceMaker>['maker'];

/** Enrols devices of the hall as its operator, and makes their batches as whoever has their credential. */
export function deviceMaker(house: Awaited<ReturnType<typeof startWatching>>, call: Call) {
  return {
    enrol: async (more: { installation?: string; deviceId?: string } = {}) => {
      const { installation, ...asked } = more;
      const path = `/sites/${house.country.sites.hall}/pairing-codes`;
      const { code } = (await call('POST', path, 'operator', { deviceName: 'box', ...asked })).body as { code: string };
      const device = (await call('POST', '/devices/enrolments', {}, { code, installation })).body as EnrolledDevice;
      return { id: device.deviceId, headers: { authorization: `Device ${device.credential}` } };
    },
    /** Each batch plays the next ten seconds of the lecture. */
    maker: (deviceId: string, installation = uuidv7(), number = 0) => {
      let made = 0;
      return {
        installation,
        next(more: object = {}) {
          const from = made * 10_000;
          const spans = [spanOf(0, from, from + 10_000, 0)];
          const marks = { deviceId, installation, number: number + made };
          made += 1;
          return batchOf([house.personal({ spans })], YESTERDAY, { ...marks, ...more });
        },
      };
    },
  };
}
