import { isAmplified } from '#libs/domain';
import { TrackScan, type Packet } from './packet-scan.js';

/** What ffprobe is asked for: all of it in one reading of the file. */
export const probeEntries = [
  'format=format_name,nb_streams,duration,start_time',
  'stream=index,codec_type,codec_name,pix_fmt,width,height,sample_aspect_ratio,field_order,color_range,color_space,' +
    'color_transfer,r_frame_rate,avg_frame_rate,channels,nb_frames',
  'stream_disposition=default,attached_pic',
  'stream_tags=language',
  'stream_side_data=rotation',
  'packet=stream_index,pts_time,dts_time,duration_time,size,flags',
].join(':');

export type Fields = Readonly<Record<string, string>>;

/** Reads ffprobe's `compact` lines as they come, so that a report of any length takes constant memory. */
export class ProbeReport {
  readonly streams: Fields[] = [];
  readonly scans = new Map<number, TrackScan>();
  format: Fields = {};
  packetBytes = 0;

  constructor(private readonly fileBytes: number) {}

  /** @returns false when enough has been seen. */
  add(line: string): boolean {
    const packet = packetLine.exec(line);
    if (packet) return this.addPacket(Number(packet[1]), packetOf(packet));
    const { section, fields } = parse(line);
    if (section === 'stream') this.streams.push(fields);
    if (section === 'side_data') this.addSideData(fields);
    if (section === 'format') this.format = fields;
    return true;
  }

  private addPacket(index: number, packet: Packet): boolean {
    this.scanOf(index).add(packet);
    this.packetBytes += packet.bytes;
    // Where packets have outgrown the file, whatever follows would only cost more.
    return !isAmplified(this.packetBytes, this.fileBytes);
  }

  private scanOf(index: number): TrackScan {
    const known = this.scans.get(index);
    if (known) return known;
    const scan = new TrackScan();
    this.scans.set(index, scan);
    return scan;
  }

  /** Some side data stand on lines of their own, after their stream's. */
  private addSideData(fields: Fields): void {
    const stream = this.streams.pop();
    if (stream) this.streams.push({ ...fields, ...stream });
  }
}

/** What several readings of one file have found, each of other tracks. */
export function joinReports(
  reports: readonly ProbeReport[],
): Pick<ProbeReport, 'streams' | 'scans' | 'format' | 'packetBytes'> {
  return {
    format: reports[0]?.format ?? {},
    streams: reports.flatMap(({ streams }) => streams),
    scans: new Map(reports.flatMap(({ scans }) => [...scans])),
    packetBytes: reports.reduce((sum, { packetBytes }) => sum + packetBytes, 0),
  };
}

/** All but a few lines are packets, a quarter of a million in an hour: ffprobe's order of their fields is taken as it is. */
const packetLine =
  /^packet\|stream_index=(\d+)\|pts_time=([^|]*)\|dts_time=([^|]*)\|duration_time=([^|]*)\|size=(\d+)\|flags=([^|]*)/;

function parse(line: string): { section: string; fields: Fields } {
  const [section = '', ...words] = line.split(/(?<!\\)\|/);
  const pairs = words.map((word): [string, string] => {
    const at = word.indexOf('=');
    return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
  });
  return { section, fields: Object.fromEntries(pairs) };
}

const packetOf = ([, , pts, dts, seconds, bytes, flags = '']: readonly string[]): Packet => ({
  pts: numberOf(pts),
  dts: numberOf(dts),
  seconds: numberOf(seconds),
  bytes: Number(bytes),
  hidden: flags.includes('D'),
  key: flags.includes('K'),
});

/** ffprobe writes `N/A` for what it does not know. */
export const numberOf = (text: string | undefined): number | null => {
  const value = Number(text);
  return text === undefined || text === '' || Number.isNaN(value) ? null : value;
};
