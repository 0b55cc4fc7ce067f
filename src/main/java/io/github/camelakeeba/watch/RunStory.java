package io.github.camelakeeba.watch;

import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.timeline.TimelineEntry;
import java.util.List;

/** A run and what happened in it, the oldest first. */
public record RunStory(RunView run, List<TimelineEntry> timeline) {}
