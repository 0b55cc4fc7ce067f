package io.github.camelakeeba.health;

import io.github.camelakeeba.reload.ReloadStatus;
import io.github.camelakeeba.store.StoreAvailability;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * The health check {@code configuration}: whether the last reload was taken, and whether all nodes
 * run with the same one.
 */
public final class ConfigurationHealthCheck extends BackupHealthCheck {
  private static final int MAX_NAMED = 10;

  private final Supplier<ReloadStatus> reload;
  private final Supplier<Map<String, String>> differing;

  /**
   * Of these.
   *
   * @param differing the nodes with another configuration
   */
  public ConfigurationHealthCheck(
      StoreAvailability availability,
      Supplier<ReloadStatus> reload,
      Supplier<Map<String, String>> differing) {
    super("configuration", availability);
    this.reload = reload;
    this.differing = differing;
  }

  @Override
  Finding inspect() {
    ReloadStatus last = reload.get();
    TreeSet<String> nodes = new TreeSet<>(differing.get().keySet());
    if (last.successful() && nodes.isEmpty()) {
      return null;
    }
    StringBuilder message = new StringBuilder();
    Map<String, Object> found = new LinkedHashMap<>();
    if (!last.successful()) {
      List<String> problems = last.problems();
      message.append(
          "the configuration was refused at %s, that of %s holds: %s"
              .formatted(last.at(), last.takenAt(), problems.get(0)));
      if (problems.size() > 1) {
        message.append(" (and %s more)".formatted(problems.size() - 1));
      }
      found.put("refusedAt", last.at().toString());
      found.put("takenAt", last.takenAt().toString());
      found.put("problems", problems.stream().limit(MAX_NAMED).toList());
    }
    if (!nodes.isEmpty()) {
      message
          .append(message.isEmpty() ? "" : "; ")
          .append("nodes with another configuration than this one: ")
          .append(String.join(", ", nodes.stream().limit(MAX_NAMED).toList()));
      found.put("differingNodes", nodes.stream().limit(MAX_NAMED).toList());
    }
    return Finding.of(message.toString(), found);
  }
}
