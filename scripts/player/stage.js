import { Senses } from './senses.js';

/** Seconds between looks. */
const STEP = 0.1;
/** A picture whose luma spreads less than this shows nothing. */
const BLANK = 2;
/** Seconds that silence is listened to longer: an analyser on a busy machine hears late. */
const LISTENING = 2;
/** Seconds of standing still that end the check. */
const PATIENCE = 20;

/** The video element under observation. */
export class Stage {
  constructor(video, scenario) {
    Object.assign(this, { video, scenario, problems: [], senses: new Senses(video), timer: null, failure: null });
    this.report = { problems: this.problems, tracks: [], keyStatuses: [], phases: [], blocked: null };
  }

  async start(seconds = 0) {
    if (seconds > 0) this.video.currentTime = seconds;
    await this.until(() => this.video.currentTime > seconds + STEP, 'the first frames');
  }

  pause() { return new Promise(done => setTimeout(done, STEP * 1000)); }

  /** Plays on until something is so; standing still or a failure of the element is an error. */
  async until(isSo, what) {
    let [time, moved] = [this.video.currentTime, performance.now()];
    // An element that has ended would begin again.
    if (this.video.ended) throw new Error(`${what}: the title has ended`);
    // Why it does not play the element itself tells.
    this.video.play().catch(() => {});
    while (!isSo()) {
      if (this.video.error) throw new Error(`${what}: ${this.video.error.message || 'the element failed'}`);
      if (this.failure) throw this.failure;
      if (this.video.ended) throw new Error(`${what}: the title has ended`);
      if (this.video.currentTime !== time) [time, moved] = [this.video.currentTime, performance.now()];
      if (performance.now() > moved + PATIENCE * 1000) throw new Error(`${what}: play stands still at ${time} s`);
      await this.pause();
    }
  }

  /**
   * Watches for as long as the scenario says, or until a cue has been shown, and writes down what there was. The last
   * frame stays on the screen for its picture: on a busy machine the title would run away meanwhile.
   */
  async watch(what, playing, border = null, text = null) {
    const before = this.senses.counts, cues = new Map();
    let sound = null;
    await this.until(() => {
      const heard = this.senses.sound;
      if (!sound || heard.level > 0) sound = heard;
      for (const cue of text?.activeCues ?? []) {
        cues.set(cue, { text: words(cue), start: cue.startTime, end: cue.endTime });
      }
      const left = before.time + this.scenario.seconds - this.video.currentTime;
      const isHeard = sound.level > 0 || playing.audio === null || left < -LISTENING;
      return this.video.ended || left <= 0 && isHeard && (!text || cues.size > 0);
    }, what);
    const after = this.senses.counts;
    this.video.pause();
    const picture = await this.senses.picture();
    this.write(what, playing, { before, after, border, picture, sound, cues, text });
  }

  write(what, { rung, audio, text: subtitles }, { before, after, border, picture, sound, cues, text }) {
    const phase = {
      what, rung: rung?.id ?? null, audio: audio?.id ?? null, text: subtitles?.id ?? null, border,
      from: before.time, to: after.time, frames: after.frames - before.frames, dropped: after.dropped - before.dropped,
      width: this.video.videoWidth, height: this.video.videoHeight, picture, sound,
      soundBytes: after.soundBytes - before.soundBytes, cueCount: text?.cues.length ?? 0, cues: [...cues.values()],
    };
    this.report.phases.push(phase);
    const wrong = words => this.problems.push(`${what}: ${words}`);
    if (phase.frames < 1) wrong('no frame was decoded');
    if (picture.spread < BLANK) wrong('the picture is all one colour');
    if (rung && (phase.width !== rung.width || phase.height !== rung.height)) {
      wrong(`the picture is ${phase.width}x${phase.height}, not ${rung.width}x${rung.height}`);
    }
    if (audio && phase.soundBytes < 1) wrong('no sound was decoded');
    if (text && cues.size < 1) wrong('no cue was shown');
  }
}

/** A cue's text as shown, without markup. */
function words(cue) { return cue.getCueAsHTML().textContent; }
