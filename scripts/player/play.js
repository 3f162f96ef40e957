import { Feeder } from './feeder.js';
import { Keys } from './keys.js';
import { readManifest } from './manifest.js';
import { readSubtitles } from './playlist.js';
import { Stage } from './stage.js';
import { show } from './text.js';

/** Seconds after a switch until picture and sound are the new track's alone: the analyser hears 0.2 s at once. */
const SETTLING = 0.35;
/** Milliseconds after which the buffers are looked at again. */
const EVERY = 100;
/** Seconds in which a browser says that it waits for a key, and those in which a picture could come nevertheless. */
const DOUBT = 10, RELAPSE = 1;

/** Plays a package as the scenario says, and tells what was seen and heard. */
export async function play(scenario) {
  const stage = new Stage(document.querySelector('video'), scenario);
  try {
    if (scenario.hls) await playlists(stage);
    else await new Player(stage, scenario).run();
  } catch (error) {
    stage.problems.push(String(error.message ?? error));
  }
  clearInterval(stage.timer);
  stage.video.pause();
  return stage.report;
}

/** Chromium's own HLS player; it shows no subtitles, so these are read from the playlists and handed to it. */
async function playlists(stage) {
  const { scenario, video } = stage, master = new URL(scenario.package + 'master.m3u8', location.href).href;
  const tracks = await readSubtitles(master);
  stage.report.tracks = tracks.map(({ segments, ...track }) => ({ ...track, isPlayable: true }));
  video.src = master;
  await stage.senses.listen();
  await stage.start(scenario.start);
  await stage.watch('start', {});
  for (const id of scenario.texts) {
    const text = tracks.find(track => track.id === id);
    if (!text) throw new Error(`the playlists name no text ${id}`);
    await stage.watch('text', { text }, null, await show(video, text));
  }
}

class Player {
  constructor(stage, scenario) {
    Object.assign(this, { stage, scenario, video: stage.video });
    this.keys = new Keys(stage.video);
  }

  async run() {
    const { stage, scenario } = this;
    this.manifest = await readManifest(new URL(scenario.package + 'manifest.mpd', location.href).href);
    stage.report.tracks = this.manifest.tracks.map(track => ({
      id: track.id, kind: track.kind, language: track.language, codecs: track.codecs, scheme: track.scheme,
      isPlayable: track.kind === 'text' || MediaSource.isTypeSupported(track.type),
    }));
    this.rung = this.find('video', scenario.rung);
    this.audio = this.manifest.tracks.some(track => track.kind === 'audio') ? this.find('audio', scenario.audio) : null;
    if (scenario.keys) await this.unlock();
    await this.open();
    if (scenario.expectBlocked) return this.expectNothing();
    await stage.start(scenario.start);
    await stage.watch('start', this.playing);
    for (const id of scenario.switchRungs) await this.switchTo('video', id);
    for (const id of scenario.switchAudios) await this.switchTo('audio', id);
    for (const id of scenario.texts) await this.showText(id);
    stage.report.keyStatuses = this.keys.statuses;
  }

  get playing() { return { rung: this.rung, audio: this.audio, text: this.text ?? null }; }

  find(kind, id) {
    const all = this.manifest.tracks.filter(track => track.kind === kind);
    const able = all.filter(track => kind === 'text' || MediaSource.isTypeSupported(track.type));
    if (!id && able.length) return able.find(track => track.role === 'main') ?? able[0];
    const found = able.find(track => track.id === id);
    if (found) return found;
    const refused = all.find(track => track.id === id);
    if (refused) throw new Error(`this browser does not play ${id}: ${refused.type}`);
    const names = all.map(track => track.id).join(', ');
    throw new Error(`no ${kind} track ${id ? `is called ${id}` : 'plays here'}: ${names}`);
  }

  async unlock() {
    const wanted = [this.rung, this.audio, ...this.scenario.switchRungs.map(id => this.find('video', id)),
      ...this.scenario.switchAudios.map(id => this.find('audio', id))].filter(track => track?.keyID);
    if (!wanted.length) throw new Error('keys were given, and the manifest speaks of no protection');
    await this.keys.give(this.video, wanted, this.scenario.keys);
  }

  async open() {
    const source = new MediaSource(), { video } = this;
    const opened = new Promise(done => { source.onsourceopen = done; });
    video.src = URL.createObjectURL(source);
    await opened;
    source.duration = this.manifest.seconds;
    this.feeders = { video: new Feeder(source, video, this.rung) };
    if (this.audio) this.feeders.audio = new Feeder(source, video, this.audio);
    for (const feeder of Object.values(this.feeders)) await feeder.open(this.scenario.start);
    this.stage.timer = setInterval(() => this.feed(source), EVERY);
    await this.stage.senses.listen();
  }

  async feed(source) {
    if (this.isFeeding) return;
    this.isFeeding = true;
    const feeders = Object.values(this.feeders);
    await Promise.all(feeders.map(feeder => feeder.feed()));
    this.stage.failure ??= feeders.find(feeder => feeder.failure)?.failure ?? null;
    if (feeders.every(feeder => feeder.isDone) && source.readyState === 'open') source.endOfStream();
    this.isFeeding = false;
  }

  async switchTo(kind, id) {
    const track = this.find(kind, id), border = await this.feeders[kind].switch(track);
    if (kind === 'video') this.rung = track;
    else this.audio = track;
    await this.stage.until(() => this.video.currentTime >= border + SETTLING, `the border to ${id}`);
    await this.stage.watch(kind === 'video' ? 'rung' : 'audio', this.playing, border);
  }

  async showText(id) {
    this.text = this.find('text', id);
    const shown = await show(this.video, this.text);
    await this.stage.watch('text', this.playing, null, shown);
  }

  /** Without the right keys: the place of play must not move, and it must be for want of the keys. */
  async expectNothing() {
    const { stage, keys, video } = this, { start } = this.scenario;
    if (start > 0) video.currentTime = start;
    video.play().catch(() => {});
    let end = performance.now() + DOUBT * 1000;
    while (!video.error && video.currentTime <= start + RELAPSE && performance.now() < end) {
      if (keys.waiting) end = Math.min(end, performance.now() + RELAPSE * 1000);
      await stage.pause();
    }
    const moved = video.currentTime - start, { frames } = stage.senses.counts;
    const { asked, waiting } = keys, error = video.error?.message ?? null;
    stage.report.blocked = { asked, waiting, error, moved, frames };
    stage.report.keyStatuses = keys.statuses;
    if (!asked) stage.problems.push('the browser met nothing encrypted');
    if (!waiting && !video.error) stage.problems.push('the browser neither waits for a key nor fails');
    if (moved > 0) stage.problems.push(`${moved} seconds were played`);
  }
}
