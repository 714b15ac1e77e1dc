package dev.echosounder.web;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All entries of all checks by age, and what they weigh. Guarded by the history's lock.
 *
 * <p>Four queues in the order in which they are given up: timelines of passed runs, passed runs,
 * timelines of failed runs, failed runs. Each is a linked map, so that the oldest is found, and any
 * entry is taken out, in constant time.
 */
final class Shelf {
  private final Map<Entry, Track> passedTimelines = new LinkedHashMap<>();
  private final Map<Entry, Track> passed = new LinkedHashMap<>();
  private final Map<Entry, Track> failedTimelines = new LinkedHashMap<>();
  private final Map<Entry, Track> failed = new LinkedHashMap<>();
  private long bytes;

  long bytes() {
    return bytes;
  }

  void put(Entry entry, Track track) {
    (entry.failed() ? failed : passed).put(entry, track);
    bytes += entry.bytes();
    if (entry.timeline() != null) {
      timelines(entry).put(entry, track);
      bytes += entry.timelineBytes();
    }
  }

  void dropTimeline(Entry entry) {
    Track track = timelines(entry).remove(entry);
    if (track != null) {
      entry.dropTimeline();
      bytes -= entry.timelineBytes();
      track.forgetTimeline(entry);
    }
  }

  void drop(Entry entry) {
    dropTimeline(entry);
    Track track = (entry.failed() ? failed : passed).remove(entry);
    if (track != null) {
      bytes -= entry.bytes();
      track.forget(entry);
    }
  }

  void shrinkTo(long limit) {
    for (Map<Entry, Track> queue : List.of(passedTimelines, passed, failedTimelines, failed)) {
      while (bytes > limit && !queue.isEmpty()) {
        Iterator<Entry> oldest = queue.keySet().iterator();
        if (queue == passedTimelines || queue == failedTimelines) {
          dropTimeline(oldest.next());
        } else {
          drop(oldest.next());
        }
      }
    }
  }

  private Map<Entry, Track> timelines(Entry entry) {
    return entry.failed() ? failedTimelines : passedTimelines;
  }
}
