/**
 * What ffmpeg may open at all. The format list, not the protocol list, is what stops a playlist or script named x.mp4
 * from pulling in another upload; the decoder list keeps rarely fuzzed decoders away from hostile bytes.
 */
export const formats = ['mov', 'matroska', 'mpegts', 'mpeg', 'avi', 'flv', 'asf', 'ogg', 'mxf', 'dv'] as const;

const videoDecoders = [
  ...['h264', 'hevc', 'libdav1d', 'libaom-av1', 'av1', 'vp8', 'vp9', 'libvpx', 'libvpx-vp9', 'vp6', 'vp6f', 'theora'],
  ...['mpeg1video', 'mpeg2video', 'mpegvideo', 'mpeg4', 'h263', 'flv', 'msmpeg4v1', 'msmpeg4v2', 'msmpeg4'],
  ...['wmv1', 'wmv2', 'wmv3', 'vc1', 'mss1', 'mss2', 'mts2', 'mjpeg', 'prores', 'dnxhd', 'dvvideo'],
  ...['rawvideo', 'qtrle', 'png', 'huffyuv', 'ffvhuff', 'ffv1', 'utvideo', 'camstudio', 'tscc', 'tscc2', 'flashsv'],
  ...['flashsv2', 'zmbv', 'svq1', 'svq3', 'cinepak', 'msvideo1', 'msrle'],
] as const;

const audioDecoders = [
  ...['aac', 'aac_latm', 'mp1', 'mp1float', 'mp2', 'mp2float', 'mp3', 'mp3float', 'ac3', 'eac3', 'dca', 'truehd'],
  ...['opus', 'libopus', 'vorbis', 'libvorbis', 'flac', 'alac', 'speex', 'libspeex', 'wmav1', 'wmav2', 'wmapro'],
  ...['wmavoice', 'wmalossless', 'amrnb', 'amrwb', 'libopencore_amrnb', 'libopencore_amrwb', 'nellymoser'],
  ...['adpcm_ima_qt', 'adpcm_ima_wav', 'adpcm_ms', 'adpcm_swf', 'gsm', 'gsm_ms', 'qdm2'],
  ...['pcm_alaw', 'pcm_mulaw', 'pcm_u8', 'pcm_s8', 'pcm_s16le', 'pcm_s16be', 'pcm_s24le', 'pcm_s24be', 'pcm_s32le'],
  ...['pcm_s32be', 'pcm_f32le', 'pcm_f32be', 'pcm_f64le', 'pcm_bluray', 'pcm_dvd', 'pcm_s302m'],
] as const;

/** Never decoded into anything, but ffprobe opens every track of a file. */
const subtitleDecoders = [
  ...['ssa', 'ass', 'dvbsub', 'dvdsub', 'cc_dec', 'pgssub', 'mov_text', 'srt', 'subrip', 'text', 'webvtt', 'xsub'],
] as const;

/** Input options without which no program of ffmpeg's is started. */
export const inputWhitelists: readonly string[] = [
  ...['-protocol_whitelist', 'file'],
  ...['-format_whitelist', formats.join(',')],
  ...['-codec_whitelist', [...videoDecoders, ...audioDecoders, ...subtitleDecoders].join(',')],
];
