package io.github.camelakeeba.cluster;

import io.github.camelakeeba.simulator.SimulatedSite;
import io.github.camelakeeba.simulator.http.RecordedRequest;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How many backups were running at once, as the sites saw them. */
final class Overlap {
  private Overlap() {}

  /** The most at any instant, from startBackup's arrival to the answer of the last step. */
  static int most(List<SimulatedSite> sites) {
    TreeMap<Long, Integer> changes = new TreeMap<>(Comparator.naturalOrder());
    for (SimulatedSite site : sites) {
      List<RecordedRequest> steps = site.requests("stepBackup");
      for (RecordedRequest start : site.requests("startBackup")) {
        String backup = next(steps, start.arrivedNanos()).param("backupid");
        long end =
            steps.stream()
                .filter(step -> step.param("backupid").equals(backup))
                .mapToLong(RecordedRequest::answeredNanos)
                .max()
                .orElseThrow();
        changes.merge(start.arrivedNanos(), 1, Integer::sum);
        changes.merge(end, -1, Integer::sum);
      }
    }
    int running = 0;
    int most = 0;
    for (Map.Entry<Long, Integer> change : changes.entrySet()) {
      running += change.getValue();
      most = Math.max(most, running);
    }
    return most;
  }

  private static RecordedRequest next(List<RecordedRequest> steps, long nanos) {
    return steps.stream().filter(step -> step.arrivedNanos() > nanos).findFirst().orElseThrow();
  }
}
