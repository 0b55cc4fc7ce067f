package io.github.camelakeeba.app.cli.output;

import io.github.camelakeeba.event.Event;
import io.github.camelakeeba.notify.text.HumanFormat;
import io.github.camelakeeba.secret.UntrustedText;
import java.time.Duration;
import java.util.List;

public final class OutcomeView {
  private OutcomeView() {}

  public static String of(Event outcome) {
    Event.Data data = outcome.data();
    StringBuilder text = new StringBuilder();
    text.append(data.state()).append(": ").append(data.site());
    if (data.error() != null) {
      text.append(": ").append(UntrustedText.oneLine(data.error().message(), 1000));
    }
    text.append(System.lineSeparator());
    row(text, "archive", data.archive());
    if (data.size() > 0) {
      String files = data.parts() == 1 ? " file" : " files";
      row(text, "size", HumanFormat.size(data.size()) + " in " + data.parts() + files);
    }
    row(text, "content", data.content() == null ? null : HumanFormat.content(data.content()));
    for (String file : data.downloaded() == null ? List.<String>of() : data.downloaded()) {
      row(text, "home", file);
    }
    row(text, "record", data.recordId() == null ? null : String.valueOf(data.recordId()));
    if (data.durationMs() != null) {
      row(text, "took", duration(data) + ", " + data.steps() + " steps");
    }
    for (String warning : data.warnings().texts()) {
      row(text, "warning", UntrustedText.oneLine(warning, 1000));
    }
    int more = data.warnings().count() - data.warnings().texts().size();
    if (more > 0) {
      row(text, "", "and " + more + " more warnings");
    }
    row(text, "run", data.run());
    return text.toString();
  }

  public static Table table(List<Event> outcomes) {
    Table table = new Table("SITE", "STATE", "SIZE", "TOOK", "WHY");
    for (Event outcome : outcomes) {
      Event.Data data = outcome.data();
      table.row(
          data.site(),
          data.state(),
          data.size() > 0 ? HumanFormat.size(data.size()) : "-",
          data.durationMs() == null ? "-" : duration(data),
          failure(data));
    }
    return table;
  }

  private static String duration(Event.Data data) {
    return HumanFormat.duration(Duration.ofMillis(data.durationMs()));
  }

  private static String failure(Event.Data data) {
    if (data.error() != null) {
      return data.error().kind();
    }
    int warnings = data.warnings().count();
    return warnings == 0 ? "" : warnings + (warnings == 1 ? " warning" : " warnings");
  }

  private static void row(StringBuilder text, String name, String value) {
    if (value != null && !value.isEmpty()) {
      text.append("  %-8s %s%n".formatted(name, value));
    }
  }
}
