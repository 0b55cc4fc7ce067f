package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.run.RunView;
import io.github.camelakeeba.run.timeline.TimelineEntry;
import io.github.camelakeeba.watch.RunStory;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A run, and what happened in it, by the clock of this machine. */
public final class RunTable {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx", Locale.ENGLISH);

  private RunTable() {}

  public static List<String> lines(RunStory story) {
    RunView run = story.run();
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s: %s, profile %s, step %s"
            .formatted(
                run.site(),
                run.state().equals("running") ? ProgressView.position(run) : run.state(),
                run.profile(),
                run.step()));
    lines.add("");
    Table table = new Table("TIME", "WHAT", "");
    for (TimelineEntry entry : story.timeline()) {
      table.row(TIME.format(entry.at().atZone(ZoneId.systemDefault())), entry.kind(), entry.text());
    }
    lines.addAll(table.lines());
    return lines;
  }
}
