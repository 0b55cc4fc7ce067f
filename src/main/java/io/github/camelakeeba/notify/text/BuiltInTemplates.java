package io.github.camelakeeba.notify.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The names of the built-in templates. */
public final class BuiltInTemplates {
  /** The six states of a backup, the results of a restore test, and the other messages. */
  public static final List<String> KINDS =
      List.of(
          "started",
          "completed",
          "warning",
          "failed",
          "missed",
          "recovered",
          "proved",
          "unproved",
          "untested",
          "digest",
          "parked",
          "report");

  static final List<String> PARTS =
      List.of(
          """
          headline.ftl opening.ftl reason.ftl advice.ftl rows.ftl parked-rows.ftl table.ftl
          history.ftl warnings.ftl report.ftl entries.ftl brief.ftl lines.ftl
          layout.ftlh reason.ftlh advice.ftlh table.ftlh history.ftlh warnings.ftlh report.ftlh
          entries.ftlh"""
              .split("\\s+"));

  private BuiltInTemplates() {}

  static List<String> forKind(String kind) {
    return List.of(
        "headline.ftl",
        "subject-" + kind + ".ftl",
        "text-" + kind + ".ftl",
        "html-" + kind + ".ftlh",
        "chat-" + kind + ".ftl");
  }

  static List<String> names() {
    List<String> names = new ArrayList<>(PARTS);
    Stream.of(ChatDialect.values()).map(ChatDialect::template).forEach(names::add);
    for (String kind : KINDS) {
      forKind(kind).stream().filter(name -> !names.contains(name)).forEach(names::add);
    }
    return names;
  }
}
