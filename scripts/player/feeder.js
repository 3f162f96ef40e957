import { fetchBytes } from './bytes.js';

/** Seconds of media kept in the buffer before the place of play: little, so that a switch is soon seen. */
const AHEAD = 0.8;
/** Seconds by which the segments of two tracks may begin apart: audio frames do not fall on the borders of pictures. */
const NEAR = 0.1;

/** Keeps one kind's buffer filled, segment by segment, from a track that may be changed. */
export class Feeder {
  /** All feeders of a source are made before one of them begins: a source takes no buffers later. */
  constructor(source, video, track) {
    Object.assign(this, { source, video, track, type: track.type, failure: null, work: Promise.resolve() });
    this.buffer = source.addSourceBuffer(track.type);
  }

  async open(start) {
    this.segments = await this.track.segments();
    this.next = Math.max(this.segments.list.findLastIndex(segment => segment.start <= start + 0.001), 0);
    await this.begin();
  }

  /** Seconds at which the next segment begins. */
  get start() { return this.segments.list[this.next]?.start; }

  get isDone() { return this.next >= this.segments.list.length; }

  /** Fetches and appends what is due. */
  feed() {
    this.work = this.work.then(async () => {
      // A player that ran dry once wants more than it did: it gets a segment at every call until it goes on.
      let isDry = this.video.readyState < HTMLMediaElement.HAVE_FUTURE_DATA;
      while (!this.failure && !this.isDone && (isDry || this.start < this.video.currentTime + AHEAD)) {
        await this.append(this.segments.list[this.next]);
        this.next += 1;
        isDry = false;
      }
    }).catch(error => { this.failure ??= error; });
    return this.work;
  }

  /**
   * Goes on with another track after the last segment in the buffer: nothing is taken out of it, because it may be what
   * was decoded ahead of the place of play. Returns the seconds where the new track begins.
   */
  switch(track) {
    const done = this.work.then(async () => {
      const segments = await track.segments(), border = this.start;
      const next = segments.list.findIndex(segment => Math.abs(segment.start - border) < NEAR);
      if (border === undefined) throw new Error(`the title ends before ${track.id} could begin`);
      if (next < 0) throw new Error(`${track.id} has no segment that begins at ${border} s, as ${this.track.id} has`);
      if (track.type !== this.type) this.buffer.changeType(track.type);
      Object.assign(this, { track, segments, type: track.type, next });
      await this.begin();
      return border;
    });
    this.work = done.catch(error => { this.failure ??= error; });
    return done;
  }

  async begin() {
    this.buffer.timestampOffset = this.segments.offset;
    if (this.segments.initialization) await this.append(this.segments.initialization);
  }

  async append(part) {
    const data = await fetchBytes(part.url, part.range);
    await this.settled(() => this.buffer.appendBuffer(data));
  }

  settled(start) {
    return new Promise((done, failed) => {
      const { buffer, source, video } = this;
      const named = what => failed(new Error(`${this.track.id}: ${what}`));
      buffer.onupdateend = () => done();
      buffer.onerror = () => named('the bytes cannot be appended');
      // After a failure of the element a buffer is taken away, and says nothing more.
      if (video.error || source.readyState === 'closed') return named(video.error?.message ?? 'the player is closed');
      start();
    });
  }
}
