"""`crossread watch` on files, and originals kept in the store."""

import sqlite3
import subprocess
import sys
from pathlib import Path

FEED = """<rss version='2.0'><channel><title>Osteld Post</title>{items}</channel></rss>"""
ITEM = """<item><title>{title}</title><guid>{n}</guid>
<pubDate>Mon, 06 May 2030 10:00:00 GMT</pubDate><description>{text}</description></item>"""
FERRY = ITEM.format(
    title="Ferry stops",
    n=1,
    text="The ferry between Osteld and Marn will stop on Friday, its owners said. Two crews were sent home.",
)
STRIKE = ITEM.format(
    title="Teachers walk out",
    n=2,
    text="Teachers in Marn walked out on Monday and demanded talks with the ministry, their union said.",
)


def crossread(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "crossread", *words], capture_output=True, text=True, check=False)


def test_new_reports_of_a_feed_are_taken_in_once(tmp_path: Path) -> None:
    feed, store = tmp_path / "post.rss", str(tmp_path / "s.db")
    feed.write_text(FEED.format(items=FERRY))
    (tmp_path / "feeds.opml").write_text("<opml version='2.0'><body><outline xmlUrl='post.rss'/></body></opml>")
    watching = ("watch", str(tmp_path / "feeds.opml"), "--store", store, "--once")
    first = crossread(*watching)
    assert first.returncode == 0, first.stderr
    assert "new: Osteld Post – Ferry stops" in first.stderr
    assert "1 story" in first.stderr
    again = crossread(*watching)
    assert "0 new reports" in again.stderr
    feed.write_text(FEED.format(items=FERRY + STRIKE))
    third = crossread(*watching)
    assert "new: Osteld Post – Teachers walk out" in third.stderr
    assert "1 new report\n" in third.stderr


def test_address_is_not_asked_without_leave(tmp_path: Path) -> None:
    done = crossread("watch", "https://news.example/feed.xml", "--store", str(tmp_path / "s.db"), "--once")
    assert done.returncode == 1
    assert "an address is asked only with --fetch" in done.stderr
    assert "0 new reports" in done.stderr


def test_original_is_kept_where_asked(tmp_path: Path) -> None:
    page = b"<html><body><article><h1>Bridge opens</h1><p>The bridge at Osteld opened on Monday, engineers said.</p></article></body></html>"
    path, store = tmp_path / "page.html", tmp_path / "s.db"
    path.write_bytes(page)
    assert crossread("ingest", str(path), "--store", str(store), "--keep-original").returncode == 0
    with sqlite3.connect(store) as db:
        assert [bytes(row[0]) for row in db.execute("SELECT bytes FROM originals")] == [page]
    refused = crossread("ingest", str(path), "--keep-original")
    assert refused.returncode == 2
    assert "--keep-original need --store FILE" in refused.stderr
