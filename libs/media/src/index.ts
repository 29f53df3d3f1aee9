export { encodeAudio, encodeChunk, type Encode, type Encoded } from './encode.js';
export { Ffmpeg } from './ffmpeg.js';
export { type NamedRendition } from './piece-feed.js';
export { probeSource } from './probe.js';
export { type CheckedFile } from './rendition-reader.js';
export { sandboxSelfTest, type Protections } from './sandbox.js';
export { takeStills, type CheckedStill } from './stills.js';
