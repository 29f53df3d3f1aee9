import { isAmplified } from '#libs/domain';
import { TrackScan, type Packet } from './packet-scan.js';

/** What ffprobe is asked for: all of it in one reading of the file. */
export const probeEntries = [
  'format=format_name,duration,start_time',
  'stream=index,codec_type,codec_name,pix_fmt,width,height,sample_aspect_ratio,field_order,color_range,color_space,' +
    'color_transfer,r_frame_rate,avg_frame_rate,channels,sample_rate',
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
  /** The packets have outgrown the file: whatever follows would only cost more. */
  amplified = false;

  constructor(private readonly fileBytes: number) {}

  /** @returns false when enough has been seen. */
  add(line: string): boolean {
    const { section, fields } = parse(line);
    if (section === 'packet') return this.addPacket(fields);
    if (section === 'stream') this.streams.push(fields);
    if (section === 'side_data') this.addSideData(fields);
    if (section === 'format') this.format = fields;
    return true;
  }

  private addPacket(fields: Fields): boolean {
    const index = Number(fields['stream_index']);
    const scan = this.scans.get(index) ?? new TrackScan();
    this.scans.set(index, scan);
    const packet = packetOf(fields);
    scan.add(packet);
    this.packetBytes += packet.bytes;
    this.amplified = isAmplified(this.packetBytes, this.fileBytes);
    return !this.amplified;
  }

  /** Some side data stand on lines of their own, after their stream's. */
  private addSideData(fields: Fields): void {
    const stream = this.streams.pop();
    if (stream) this.streams.push({ ...fields, ...stream });
  }
}

function parse(line: string): { section: string; fields: Fields } {
  const [section = '', ...words] = line.split(/(?<!\\)\|/);
  const pairs = words.map((word): [string, string] => {
    const at = word.indexOf('=');
    return at < 0 ? [word, ''] : [word.slice(0, at), word.slice(at + 1)];
  });
  return { section, fields: Object.fromEntries(pairs) };
}

const packetOf = (fields: Fields): Packet => ({
  pts: numberOf(fields['pts_time']),
  dts: numberOf(fields['dts_time']),
  seconds: numberOf(fields['duration_time']),
  bytes: numberOf(fields['size']) ?? 0,
  hidden: fields['flags']?.includes('D') ?? false,
  key: fields['flags']?.includes('K') ?? false,
});

/** ffprobe writes `N/A` for what it does not know. */
export const numberOf = (text: string | undefined): number | null => {
  const value = Number(text);
  return text === undefined || text === '' || Number.isNaN(value) ? null : value;
};
