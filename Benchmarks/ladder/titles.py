#!/usr/bin/env python3
"""Makes the titles of the ladder benchmark: real clips, cut and joined by frame number, kept without loss.

usage: titles.py MEDIA FOLDER [NAME...]
Every title has 480 frames at 24 frames/s (clips of other rates are retimed: no frame is dropped or repeated), in a codec of
key frames alone, as masters have it.
"""
import os
import subprocess
import sys

# Title: (width, height, [(clip, first frame, frames)...])
TITLES = {
    "sintel": (1280, 720, [("sintel_trailer_720p24.mp4", 286, 480)]),
    "bunny": (854, 480, [("bbb_opening_480p24_aac51.mp4", 120, 480)]),
    "tears": (800, 332, [("tears_of_steel_battle_800x332_vp8.webm", 400, 480)]),
    "mixed720": (1280, 720, [
        ("bbb_720p25_aac51.mp4", 20, 48), ("coffee_720p30.mp4", 60, 48), ("dog_play_720p30.mp4", 100, 48),
        ("cockatoo_720p20.mp4", 40, 48), ("epiphyllum_flower_720p30.264", 100, 48), ("blocks_720p30.mp4", 80, 48),
        ("svt_testcard_720p50_422p10_8xmono.mp4", 100, 48), ("videoconf_kristen_sara_720p60.hevc", 200, 48),
        ("red_barn_pan_1080p25_422p10.mp4", 60, 48), ("wave_croatia_1080p25_qr_overlay.mp4", 30, 48)]),
    "mixed480": (854, 480, [
        ("seeking_dance_480p25.mp4", 30, 48), ("gnome_dual_monitors_flat2d_768p15.webm", 200, 48),
        ("highway_dashcam_540p25.mp4", 60, 48), ("sintel_trailer_720p24.mp4", 600, 48),
        ("screen_pdf_scroll_1024x768.264", 1, 48), ("motorway_540p60.mp4", 500, 48),
        ("flower_timelapse_540p30.mp4", 50, 48), ("wave_croatia_1080p25_qr_overlay.mp4", 100, 48),
        ("bbb_opening_480p24_aac51.mp4", 500, 48), ("blocks_720p30.mp4", 200, 48)]),
    "archive360": (640, 360, [
        ("chaplin_bw_film_360p25.mp4", 20, 96), ("steam_train_360p30.mp4", 40, 96),
        ("city_night_405p25_mpeg2.mpg", 20, 96), ("chaplin_bw_film_360p25.mp4", 130, 96),
        ("steam_train_360p30.mp4", 180, 96)]),
    "outdoor540": (960, 540, [
        ("highway_dashcam_540p25.mp4", 20, 96), ("dog_play_720p30.mp4", 20, 96), ("motorway_540p60.mp4", 900, 96),
        ("red_barn_pan_1080p25_422p10.mp4", 100, 96), ("flower_timelapse_540p30.mp4", 20, 96)]),
}


def make(ffmpeg, media, folder, name):
    width, height, parts = TITLES[name]
    path = os.path.join(folder, name + ".mkv")
    if os.path.exists(path):
        return
    inputs, graph = [], []
    for number, (clip, first, count) in enumerate(parts):
        inputs += ["-i", os.path.join(media, "clips", clip)]
        graph.append(
            f"[{number}:v:0]trim=start_frame={first}:end_frame={first + count},settb=1/24,setpts=N,"
            f"scale={width}:{height}:flags=lanczos:force_original_aspect_ratio=increase,crop={width}:{height},"
            f"setsar=1,format=yuv420p[v{number}]")
    graph.append("".join(f"[v{n}]" for n in range(len(parts))) + f"concat=n={len(parts)}:v=1:a=0,settb=1/24,setpts=N[v]")
    subprocess.run(
        [ffmpeg, "-v", "error", "-y", *inputs, "-filter_complex", ";".join(graph), "-map", "[v]", "-fps_mode", "passthrough",
         "-c:v", "utvideo", path + ".part.mkv"], check=True)
    os.rename(path + ".part.mkv", path)


def main():
    media, folder = sys.argv[1:3]
    os.makedirs(folder, exist_ok=True)
    for name in sys.argv[3:] or TITLES:
        make(os.environ.get("FFMPEG", "ffmpeg"), media, folder, name)


main()
